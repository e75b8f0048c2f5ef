import CssBaseline from '@mui/material/CssBaseline';
import Container from '@mui/material/Container';
import { createTheme, ThemeProvider } from '@mui/material/styles';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Usage } from './usage.js';

const theme = createTheme({ cssVariables: true, colorSchemes: { light: true, dark: true } });

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ThemeProvider theme={theme}>
      <CssBaseline />
      <Container maxWidth="xl" sx={{ py: 4 }}>
        <Usage appDid={null} />
      </Container>
    </ThemeProvider>
  </StrictMode>,
);
