import { computed, inject, Injectable, resource, signal } from '@angular/core';
import { Chatr } from '../core';
import { usernameProblem } from './rules';

/** The server is asked once typing has paused. */
const PAUSE_MS = 300;

/** Whether the username that is being typed is free, and what else is. Provide one for each form. */
@Injectable()
export class UsernameCheck {
  private readonly chatr = inject(Chatr);

  readonly username = signal('');
  private readonly asked = computed(() => {
    const username = this.username().trim().toLowerCase();
    return username !== '' && usernameProblem(username) === undefined ? username : undefined;
  });

  private readonly answer = resource({
    params: () => this.asked(),
    loader: async ({ params, abortSignal }) => {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      if (abortSignal.aborted) return undefined;
      return { username: params, ...(await this.chatr.users.checkUsername(params)) };
    },
  });

  /** Of what stands there now; undefined while that is not known. Registering decides in any case. */
  readonly result = computed(() => {
    const answer = this.answer.hasValue() ? this.answer.value() : undefined;
    return answer?.username === this.asked() ? answer : undefined;
  });
}
