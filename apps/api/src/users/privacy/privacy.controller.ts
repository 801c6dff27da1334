import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentUser } from '../../platform/index.js';
import { PrivacyDto, UpdatePrivacyDto } from './privacy.dto.js';
import { PrivacyService } from './privacy.service.js';

@ApiTags('users')
@Controller('users/me/privacy')
export class PrivacyController {
  constructor(private readonly privacy: PrivacyService) {}

  /** What you let others see, and who may write to you. */
  @Get()
  get(@CurrentUser() user: Actor): Promise<PrivacyDto> {
    return this.privacy.get(user);
  }

  /** Changes what you let others see; what you leave out stays as it is. */
  @Patch()
  update(@CurrentUser() user: Actor, @Body() change: UpdatePrivacyDto): Promise<PrivacyDto> {
    return this.privacy.update(user, change);
  }
}
