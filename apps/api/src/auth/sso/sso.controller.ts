import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  type Actor,
  ApiProblems,
  type Client,
  ClientInfo,
  CurrentUser,
  type Language,
  PreferredLanguage,
  Public,
} from '../../platform/index.js';
import { TokenDelivery } from '../sessions/token-delivery.js';
import { BrowserBinding } from './browser-binding.js';
import { IdentitiesService } from './identities.service.js';
import { IdentityListDto, LinkIdentityDto, LinkingDto } from './sso.dto.js';
import { type Landing, SsoService } from './sso.service.js';

@ApiTags('auth')
@Controller('auth/sso')
export class SsoController {
  constructor(
    private readonly sso: SsoService,
    private readonly identities: IdentitiesService,
    private readonly browsers: BrowserBinding,
    private readonly delivery: TokenDelivery,
  ) {}

  /** Sends a browser to the provider to sign in; for a link, not for a request by script. */
  @Public()
  @Get('start')
  @HttpCode(302)
  @ApiQuery({ name: 'next', type: String, required: false, description: 'The path of the app to go to afterwards.' })
  async start(
    @ClientInfo() client: Client,
    @Query('next') next: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.land(await this.sso.start(next, this.browsers.ensure(request, response), client), response);
  }

  /** Where the provider sends the browser back to; goes on to the app, signed in or with a problem to tell. */
  @Public()
  @Get('callback')
  @HttpCode(302)
  @ApiQuery({ name: 'state', type: String, required: false })
  @ApiQuery({ name: 'code', type: String, required: false })
  @ApiQuery({ name: 'iss', type: String, required: false })
  @ApiQuery({ name: 'error', type: String, required: false })
  async callback(
    @ClientInfo() client: Client,
    @PreferredLanguage() language: Language,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    // Providers add parameters of their own, and the same one twice is a trick: the text is read as it came.
    const answer = new URLSearchParams(request.originalUrl.split('?').slice(1).join('?'));
    this.land(await this.sso.finish(answer, this.browsers.read(request), client, language), response);
  }

  /** Begins to link an identity of the provider to your account: the browser goes to the answered page. */
  @Post('link')
  @HttpCode(200)
  @ApiProblems('not_found', 'credentials_invalid', 'password_unset', 'conflict')
  async link(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Body() { password }: LinkIdentityDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LinkingDto> {
    return { url: await this.sso.startLinking(user, password, this.browsers.ensure(request, response), client) };
  }

  /** The identities that are linked to your account. */
  @Get('identities')
  list(@CurrentUser() user: Actor): Promise<IdentityListDto> {
    return this.identities.list(user);
  }

  /** Unlinks an identity: it signs in to your account no more. */
  @Delete('identities/:id')
  @HttpCode(204)
  @ApiProblems('not_found', 'conflict')
  unlink(
    @CurrentUser() user: Actor,
    @ClientInfo() client: Client,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<void> {
    return this.identities.unlink(user, id, client);
  }

  /** A browser comes here by itself: the session goes into its cookie, and the app takes it up from there as after a reload. */
  private land({ url, tokens }: Landing, response: Response): void {
    if (tokens !== undefined) this.delivery.deliver(tokens, response, true);
    response.status(302).setHeader('Cache-Control', 'no-store').setHeader('Location', url).end();
  }
}
