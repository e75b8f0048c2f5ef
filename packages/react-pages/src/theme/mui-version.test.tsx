import { major } from '@mui/material/version';
import { expect, it } from 'vitest';

it('runs on the version of MUI that the project of the tests is named after', () => {
  expect(String(major)).toBe(process.env['MUI_MAJOR']);
});
