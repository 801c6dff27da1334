import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, ApiProblems, type Client, ClientInfo, CurrentUser } from '../../platform/index.js';
import { ChangePasswordDto } from './password.dto.js';
import { PasswordChangeService } from './password-change.service.js';

@ApiTags('auth')
@Controller('auth/password')
export class PasswordController {
  constructor(private readonly changes: PasswordChangeService) {}

  /** Changes your password, and ends every session but this one. */
  @Post()
  @HttpCode(204)
  @ApiProblems('credentials_invalid', 'password_unset', 'conflict')
  change(@CurrentUser() user: Actor, @ClientInfo() client: Client, @Body() request: ChangePasswordDto): Promise<void> {
    return this.changes.change(user, request, client);
  }
}
