import { Body, Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, ApiProblems, type Client, ClientInfo, CurrentUser } from '../../platform/index.js';
import {
  ConfirmWithPasswordDto,
  EnableTotpDto,
  RecoveryCodesDto,
  TotpSetupDto,
  TwoFactorDto,
} from './two-factor.dto.js';
import { TwoFactorService } from './two-factor.service.js';

@ApiTags('auth')
@Controller('auth/2fa')
export class TwoFactorController {
  constructor(private readonly twoFactor: TwoFactorService) {}

  /** Whether your log-ins ask for a code of an app, and how many recovery codes are left. */
  @Get()
  state(@CurrentUser() user: Actor): Promise<TwoFactorDto> {
    return this.twoFactor.state(user);
  }

  /** Begins the set-up of an authenticator app, in place of one that was begun before. */
  @Post('setup')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiProblems('conflict')
  setup(@CurrentUser() user: Actor): Promise<TotpSetupDto> {
    return this.twoFactor.setup(user);
  }

  /** Completes the set-up with a code that the app shows. From now on log-in asks for one. */
  @Post('enable')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiProblems('code_invalid', 'conflict')
  enable(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Body() { code }: EnableTotpDto,
  ): Promise<RecoveryCodesDto> {
    return this.twoFactor.enable(user, code, client);
  }

  /** Takes the app and the recovery codes away. */
  @Post('disable')
  @HttpCode(204)
  @ApiProblems('credentials_invalid', 'conflict')
  disable(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Body() { password }: ConfirmWithPasswordDto,
  ): Promise<void> {
    return this.twoFactor.disable(user, password, client);
  }

  /** Makes new recovery codes; the ones before work no longer. */
  @Post('recovery-codes')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiProblems('credentials_invalid', 'conflict')
  renewRecoveryCodes(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Body() { password }: ConfirmWithPasswordDto,
  ): Promise<RecoveryCodesDto> {
    return this.twoFactor.renewRecoveryCodes(user, password, client);
  }
}
