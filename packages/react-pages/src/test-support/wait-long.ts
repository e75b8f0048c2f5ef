import { configure } from '@testing-library/react';

// Long enough for a machine that has other work; `waitFor` and `findBy` give up after a second otherwise.
configure({ asyncUtilTimeout: 30_000 });
