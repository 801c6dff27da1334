import { Injectable } from '@nestjs/common';

/** Whether this server takes new work. It stops being ready before it stops. */
@Injectable()
export class Readiness {
  draining = false;
}
