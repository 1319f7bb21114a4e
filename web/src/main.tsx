// The start of the interface.
import '@fontsource-variable/source-sans-3/wght.css';
import '@utrecht/button-css/dist/index.min.css';
import '@utrecht/link-css/dist/index.min.css';
import '@utrecht/select-css/dist/index.min.css';
import '@utrecht/skip-link-css/dist/index.min.css';
import '@utrecht/textbox-css/dist/index.min.css';
import '@utrecht/textarea-css/dist/index.min.css';
import '@utrecht/checkbox-css/dist/index.min.css';
import '@utrecht/form-field-css/dist/index.min.css';
import '@utrecht/form-label-css/dist/index.min.css';
import '@utrecht/form-field-description-css/dist/index.min.css';
import '@utrecht/form-field-error-message-css/dist/index.min.css';
import '@/ui/tokens.css';
import '@/ui/base.css';
import '@/ui/components.css';
import '@/ui/layout.css';
import '@/ui/chart/chart.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from '@/app/app';
import { applyTheme, storedTheme } from '@/lib/theme';

applyTheme(storedTheme());
const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
