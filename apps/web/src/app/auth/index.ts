export { AuthLayout } from './auth-layout';
export { FormState } from './form-state';
export { ForgotPassword } from './forgot-password';
export { Login } from './login';
export { PasswordInput } from './password-input';
export { Register } from './register';
export { ResetPassword } from './reset-password';
export { Verify } from './verify';
