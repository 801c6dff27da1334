import { Injectable } from '@nestjs/common';
import { NodeLink } from './node-link.js';

/** The link of a node that is the only one: there is nobody to tell, and nothing to miss. */
@Injectable()
export class ProcessLink extends NodeLink {
  override publish(): void {
    // Nobody else is there.
  }

  override subscribe(): void {
    // Nobody else will speak.
  }

  override onGap(): void {
    // There is no link that could break.
  }
}
