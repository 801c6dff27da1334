export { PasswordForm } from './password-form';
export { SETTINGS_ROUTES } from './settings-routes';
