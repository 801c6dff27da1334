export { AuthLayout } from './auth-layout';
export { ForgotPassword } from './forgot-password';
export { Login } from './login';
export { Register } from './register';
export { ResetPassword } from './reset-password';
export { Verify } from './verify';
