export { ADMIN_ROUTES } from './admin-routes';
