import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Config } from '../config/config.js';
import { hasHostName } from '../config/host-name.js';
import { Public } from '../http/public.decorator.js';
import { RegistrationSetting } from '../registration/registration-setting.js';
import { ServerInfoDto } from './server-info.dto.js';

@ApiTags('server')
@Public()
@Controller('server')
export class ServerInfoController {
  constructor(
    private readonly config: Config,
    private readonly registration: RegistrationSetting,
  ) {}

  /** What a client shows somebody who is not signed in. */
  @Get()
  async info(): Promise<ServerInfoDto> {
    const { smtpUrl, sms, production, publicUrl, oidc } = this.config;
    return {
      registration: (await this.registration.current()).kind,
      developmentMailbox: smtpUrl === undefined && !production,
      textMessages: sms !== undefined || !production,
      passkeys: hasHostName(publicUrl) && !oidc?.only,
      sso: oidc === undefined ? null : { name: oidc.name, only: oidc.only },
    };
  }
}
