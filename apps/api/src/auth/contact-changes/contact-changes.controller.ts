import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, ApiProblems, type Client, ClientInfo, CurrentUser } from '../../platform/index.js';
import { MeDto } from '../../users/index.js';
import {
  ChangeEmailDto,
  ChangePhoneDto,
  ConfirmEmailDto,
  ConfirmPhoneDto,
  RemovePhoneDto,
} from './contact-change.dto.js';
import { EmailChangeService } from './email-change.service.js';
import { PhoneChangeService } from './phone-change.service.js';

@ApiTags('auth')
@Controller('auth')
export class ContactChangesController {
  constructor(
    private readonly emails: EmailChangeService,
    private readonly phones: PhoneChangeService,
  ) {}

  /** Mails a code to the address you have and one to the address you want. An address that has an account gets the same answer. */
  @Post('email-change')
  @HttpCode(202)
  @ApiProblems('credentials_invalid', 'conflict', 'forbidden')
  changeEmail(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Body() request: ChangeEmailDto,
  ): Promise<void> {
    return this.emails.request(user, request, client);
  }

  /** Makes the change with both codes, and tells both addresses. */
  @Post('email-change/confirm')
  @HttpCode(200)
  @ApiProblems('code_invalid', 'conflict')
  confirmEmail(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Body() codes: ConfirmEmailDto,
  ): Promise<MeDto> {
    return this.emails.confirm(user, codes, client);
  }

  /** Texts a code to the number you want. A number that another account has verified gets the same answer. */
  @Post('phone-change')
  @HttpCode(202)
  @ApiProblems('credentials_invalid', 'conflict', 'sms_unavailable')
  changePhone(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Body() request: ChangePhoneDto,
  ): Promise<void> {
    return this.phones.request(user, request, client);
  }

  /** Makes the number yours with the texted code, and tells the number before and your e-mail address. */
  @Post('phone-change/confirm')
  @HttpCode(200)
  @ApiProblems('code_invalid', 'conflict')
  confirmPhone(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Body() proof: ConfirmPhoneDto,
  ): Promise<MeDto> {
    return this.phones.confirm(user, proof, client);
  }

  /** Takes your phone number away, and tells it and your e-mail address. */
  @Post('phone-change/remove')
  @HttpCode(200)
  @ApiProblems('credentials_invalid')
  removePhone(@CurrentUser() user: Actor, @ClientInfo() client: Client, @Body() proof: RemovePhoneDto): Promise<MeDto> {
    return this.phones.remove(user, proof, client);
  }
}
