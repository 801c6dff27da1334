import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Actor, ApiProblems, type Client, ClientInfo, CurrentUser, Public } from '../../platform/index.js';
import { TokensDto } from '../auth.dto.js';
import { TokenDelivery } from '../sessions/token-delivery.js';
import { AuthThrottles } from '../throttles.js';
import {
  AddPasskeyDto,
  CeremonyDto,
  PasskeyDto,
  PasskeyListDto,
  PasskeyLoginDto,
  PasskeyNameDto,
  PasskeyOptionsDto,
} from './passkey.dto.js';
import { PasskeyLogin } from './passkey-login.js';
import { Passkeys } from './passkeys.js';
import { PasskeysService } from './passkeys.service.js';

@ApiTags('auth')
@Controller('auth/passkeys')
export class PasskeysController {
  constructor(
    private readonly own: PasskeysService,
    private readonly passkeys: Passkeys,
    private readonly logins: PasskeyLogin,
    private readonly throttles: AuthThrottles,
    private readonly delivery: TokenDelivery,
  ) {}

  /** Your passkeys, oldest first. */
  @Get()
  list(@CurrentUser() user: Actor): Promise<PasskeyListDto> {
    return this.own.list(user);
  }

  /** Begins adding a passkey: what the browser is to create one with, within five minutes and from this session. */
  @Post('options')
  @HttpCode(200)
  @ApiProblems('credentials_invalid', 'conflict')
  options(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Body() { password }: PasskeyOptionsDto,
  ): Promise<CeremonyDto> {
    return this.own.options(user, password, client);
  }

  /** Adds the passkey that the browser created. At most 20 fit an account. */
  @Post()
  @ApiProblems('passkey_invalid', 'conflict')
  add(@CurrentUser() user: Actor, @ClientInfo() client: Client, @Body() draft: AddPasskeyDto): Promise<PasskeyDto> {
    return this.own.add(user, draft, client);
  }

  /** Begins a log-in without a password: what the browser is to sign, within five minutes. */
  @Public()
  @Post('login/options')
  @HttpCode(200)
  @ApiProblems('conflict')
  async loginOptions(@ClientInfo() client: Client): Promise<CeremonyDto> {
    await this.throttles.passkey(client);
    return this.passkeys.loginOptions();
  }

  /** Logs in with a passkey. It asks for a finger, a face or a PIN by itself, so that no second step follows. */
  @Public()
  @Post('login')
  @HttpCode(200)
  @ApiProblems('passkey_invalid', 'account_suspended', 'sso_required')
  async login(
    @ClientInfo() client: Client,
    @Body() { response, cookie }: PasskeyLoginDto,
    @Res({ passthrough: true }) answer: Response,
  ): Promise<TokensDto> {
    await this.throttles.passkey(client);
    return this.delivery.deliver(await this.logins.login(response, client), answer, cookie);
  }

  /** Gives a passkey another name. */
  @Patch(':id')
  @ApiProblems('not_found')
  rename(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { name }: PasskeyNameDto,
  ): Promise<PasskeyDto> {
    return this.own.rename(user, id, name, client);
  }

  /** Removes a passkey: it lets nobody in any more. Sessions that began with it go on. */
  @Delete(':id')
  @HttpCode(204)
  @ApiProblems('not_found')
  remove(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<void> {
    return this.own.remove(user, id, client);
  }
}
