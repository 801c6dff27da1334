import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, AdminOnly, ApiProblems, type Client, ClientInfo, CurrentUser } from '../../platform/index.js';
import { ChangeRegistrationDto, RegistrationDto } from './registration-policy.dto.js';
import { RegistrationPolicyService } from './registration-policy.service.js';

@ApiTags('admin')
@AdminOnly()
@Controller('admin/registration')
export class RegistrationPolicyController {
  constructor(private readonly policy: RegistrationPolicyService) {}

  /** Who may register, and what the server's configuration says of it. */
  @Get()
  @ApiProblems('forbidden')
  get(@CurrentUser() user: Actor): Promise<RegistrationDto> {
    return this.policy.get(user);
  }

  /** Sets who may register from now on, on every node, whatever the configuration says; null follows the configuration. */
  @Patch()
  @ApiProblems('forbidden')
  change(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Body() change: ChangeRegistrationDto,
  ): Promise<RegistrationDto> {
    return this.policy.change(user, change, client);
  }
}
