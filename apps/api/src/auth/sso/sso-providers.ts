import type { Provider } from '@nestjs/common';
import { BrowserBinding } from './browser-binding.js';
import { IdentitiesOwnData } from './identities-own-data.js';
import { IdentitiesRepository } from './identities.repository.js';
import { IdentitiesService } from './identities.service.js';
import { IdentityLinks } from './identity-links.js';
import { IdentityProvider } from './identity-provider.js';
import { RolesByClaim } from './roles-by-claim.js';
import { SsoFlowsRepository } from './sso-flows.repository.js';
import { SsoNewcomers } from './sso-newcomers.js';
import { SsoSignInService } from './sso-sign-in.service.js';
import { SsoService } from './sso.service.js';

/** What single sign-on is made of. */
export const SSO_PROVIDERS: Provider[] = [
  BrowserBinding,
  IdentitiesOwnData,
  IdentitiesRepository,
  IdentitiesService,
  IdentityLinks,
  IdentityProvider,
  RolesByClaim,
  SsoFlowsRepository,
  SsoNewcomers,
  SsoService,
  SsoSignInService,
];
