export { SETTINGS_ROUTES } from './settings-routes';
