import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblems, type Client, ClientInfo, Public } from '../../platform/index.js';
import { TokensDto } from '../auth.dto.js';
import { CeremonyDto } from '../passkeys/passkey.dto.js';
import { TokenDelivery } from '../sessions/token-delivery.js';
import { ChallengesService } from './challenges.service.js';
import { ChallengedDto, LoginDto, LoginMethodDto, VerifyLoginDto } from './login.dto.js';
import { LoginService } from './login.service.js';

@ApiTags('auth')
@Controller('auth/login')
export class LoginController {
  constructor(
    private readonly logins: LoginService,
    private readonly challenges: ChallengesService,
    private readonly delivery: TokenDelivery,
  ) {}

  /** Logs in with an e-mail address or a username; or says what else it takes. */
  @Public()
  @Post()
  @HttpCode(200)
  @ApiExtraModels(TokensDto, ChallengedDto)
  @ApiOkResponse({ schema: { oneOf: [{ $ref: getSchemaPath(TokensDto) }, { $ref: getSchemaPath(ChallengedDto) }] } })
  @ApiProblems('credentials_invalid', 'email_unverified', 'account_suspended', 'sso_required')
  async login(
    @ClientInfo() client: Client,
    @Body() credentials: LoginDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TokensDto | ChallengedDto> {
    const outcome = await this.logins.login(credentials, client);
    if ('challenge' in outcome) {
      response.setHeader('Cache-Control', 'no-store');
      return outcome;
    }
    return this.delivery.deliver(outcome, response, credentials.cookie);
  }

  /** Sends the code of a log-in, or another one, at most every 30 seconds. */
  @Public()
  @Post('code')
  @HttpCode(202)
  @ApiProblems('challenge_ended')
  sendCode(@ClientInfo() client: Client, @Body() request: LoginMethodDto): Promise<void> {
    return this.challenges.sendCode(request, client);
  }

  /** What a method needs that begins with the server: for `passkey`, what the browser is to sign within five minutes. */
  @Public()
  @Post('options')
  @HttpCode(200)
  @ApiProblems('challenge_ended')
  options(@ClientInfo() client: Client, @Body() request: LoginMethodDto): Promise<CeremonyDto> {
    return this.challenges.options(request, client);
  }

  /** Completes a log-in with one of the methods that it was offered. */
  @Public()
  @Post('verify')
  @HttpCode(200)
  @ApiProblems('challenge_ended', 'code_invalid', 'passkey_invalid')
  async verify(
    @ClientInfo() client: Client,
    @Body() proof: VerifyLoginDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TokensDto> {
    return this.delivery.deliver(await this.challenges.verify(proof, client), response, proof.cookie);
  }
}
