import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  type Actor,
  ApiProblems,
  type Client,
  ClientInfo,
  CurrentUser,
  type Language,
  PreferredLanguage,
  ProblemError,
  Public,
} from '../platform/index.js';
import { atLeast } from './at-least.js';
import {
  ForgotPasswordDto,
  RefreshDto,
  RegisterDto,
  RegisteredDto,
  ResendCodeDto,
  ResetPasswordDto,
  TokensDto,
  VerifyEmailDto,
} from './auth.dto.js';
import { PasswordResetService } from './passwords/password-reset.service.js';
import { RegistrationService } from './registration/registration.service.js';
import { RefreshCookie } from './sessions/refresh-cookie.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TokenDelivery } from './sessions/token-delivery.js';
import { AuthThrottles } from './throttles.js';

/** Longer than the work of a request that says nothing about accounts, whether or not it found one. */
const SILENT_ANSWER_MS = 150;

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly registration: RegistrationService,
    private readonly resets: PasswordResetService,
    private readonly sessions: SessionsService,
    private readonly throttles: AuthThrottles,
    private readonly refreshCookie: RefreshCookie,
    private readonly delivery: TokenDelivery,
  ) {}

  /** Begins a registration: a code is mailed. An address that has an account gets the same answer, and its owner a mail. */
  @Public()
  @Post('register')
  @ApiProblems('registration_closed', 'username_taken', 'sso_required')
  async register(
    @ClientInfo() client: Client,
    @PreferredLanguage() preferred: Language,
    @Body() draft: RegisterDto,
  ): Promise<RegisteredDto> {
    await this.throttles.attempt('register', draft.email, client);
    return this.registration.register(draft, preferred);
  }

  /** Completes a registration with the mailed code and logs in. */
  @Public()
  @Post('verify-email')
  @HttpCode(200)
  @ApiProblems('code_invalid', 'username_taken', 'registration_closed', 'sso_required')
  async verifyEmail(
    @ClientInfo() client: Client,
    @Body() proof: VerifyEmailDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TokensDto> {
    await this.throttles.attempt('code', proof.email, client);
    return this.delivery.deliver(await this.registration.verify(proof, client), response, proof.cookie);
  }

  /** Mails another code, at most every 30 seconds. Answers the same for every address. */
  @Public()
  @Post('resend-code')
  @HttpCode(202)
  async resendCode(@ClientInfo() client: Client, @Body() request: ResendCodeDto): Promise<void> {
    await this.throttles.attempt('mail', request.email, client);
    await atLeast(SILENT_ANSWER_MS, this.registration.resend(request));
  }

  /** Exchanges a refresh token, from the body or the cookie, for new tokens. */
  @Public()
  @Post('refresh')
  @HttpCode(200)
  @ApiBody({ type: RefreshDto, required: false })
  @ApiProblems('unauthenticated', 'session_ended', 'account_suspended', 'forbidden')
  async refresh(
    @ClientInfo() client: Client,
    @Req() request: Request,
    @Body() { refreshToken }: RefreshDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TokensDto> {
    await this.throttles.refresh(client);
    if (refreshToken !== undefined)
      return this.delivery.deliver(await this.sessions.refresh(refreshToken, client), response, false);
    const token = this.refreshCookie.read(request);
    if (token === undefined) throw new ProblemError('unauthenticated', 'There is no refresh token.');
    return this.delivery.deliver(await this.sessions.refresh(token, client), response, true);
  }

  /** Ends this session, its sockets too. */
  @Post('logout')
  @HttpCode(204)
  async logout(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.logout(user, client);
    this.refreshCookie.clear(response);
  }

  /** Mails a code with which a new password can be chosen. Answers the same for every address. */
  @Public()
  @Post('forgot-password')
  @HttpCode(202)
  async forgotPassword(@ClientInfo() client: Client, @Body() request: ForgotPasswordDto): Promise<void> {
    await this.throttles.attempt('mail', request.email, client);
    await atLeast(SILENT_ANSWER_MS, this.resets.request(request));
  }

  /** Chooses a new password with the mailed code, and ends every session. */
  @Public()
  @Post('reset-password')
  @HttpCode(204)
  @ApiProblems('code_invalid')
  async resetPassword(@ClientInfo() client: Client, @Body() request: ResetPasswordDto): Promise<void> {
    await this.throttles.attempt('code', request.email, client);
    await this.resets.reset(request, client);
  }
}
