import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/index.js';
import { type Client, newId, ProblemError } from '../../platform/index.js';
import { type Account, UsersRepository } from '../../users/index.js';
import type { UseUp } from '../factors/factors.js';
import { SecurityMails } from '../security-mails.js';
import { type IssuedTokens, SessionsService } from '../sessions/sessions.service.js';
import { AuthThrottles } from '../throttles.js';
import { ChallengeCodes } from './challenge-codes.js';
import type { ChallengeMethodName, FactorMethod, Proof } from './challenge-method.js';
import { ChallengeMethods } from './challenge-methods.js';
import type { CeremonyDto } from '../passkeys/passkey.dto.js';
import type { ChallengeDto, LoginMethodDto, VerifyLoginDto } from './login.dto.js';
import { type CountedGuess, type LoginChallenge, LoginChallengesRepository } from './login-challenges.repository.js';
import { RecoveryCodeUses } from './recovery-code-uses.js';

/** The second step of a log-in: asked of whom a password alone does not let in. */
@Injectable()
export class ChallengesService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly challenges: LoginChallengesRepository,
    private readonly methods: ChallengeMethods,
    private readonly codes: ChallengeCodes,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsService,
    private readonly throttles: AuthThrottles,
    private readonly audit: AuditLog,
    private readonly mails: SecurityMails,
    private readonly recoveryCodeUses: RecoveryCodeUses,
  ) {}

  /**
   * Asks for one of these methods. Where a code is sent and there is one way only, it is on its way at once.
   * @throws ProblemError rate_limited
   */
  async begin(user: Account, methods: ChallengeMethodName[], client: Client): Promise<ChallengeDto> {
    const challenge = { id: newId(), userId: user.id, methods };
    const [only] = methods;
    const sender = methods.length === 1 && only !== undefined ? this.methods.sender(only) : undefined;
    if (sender !== undefined) await this.throttles.attempt('mail', user.id, client);
    await this.challenges.insert({ ...challenge, passwordHash: user.passwordHash });
    if (sender !== undefined) await this.codes.send(challenge.id, sender, user);
    return { id: challenge.id, methods };
  }

  /**
   * Sends a code, or another one.
   * @throws ProblemError challenge_ended; validation_failed for a method that sends nothing; rate_limited within 30 s of the last one
   */
  async sendCode({ challengeId, method }: LoginMethodDto, client: Client): Promise<void> {
    const challenge = await this.challenges.standing(challengeId);
    await this.throttles.attempt('mail', challenge?.userId ?? challengeId, client);
    const user = await this.ownerOf(challenge);
    const sender = challenge?.methods.includes(method) ? this.methods.sender(method) : undefined;
    if (sender === undefined) throw notOffered();
    await this.codes.send(challengeId, sender, user);
  }

  /**
   * What the person's device needs before it can answer.
   * @throws ProblemError challenge_ended; validation_failed for a method that needs nothing; rate_limited
   */
  async options({ challengeId, method }: LoginMethodDto, client: Client): Promise<CeremonyDto> {
    await this.throttles.passkey(client);
    const challenge = await this.challenges.standing(challengeId);
    const user = await this.ownerOf(challenge);
    const factor = challenge?.methods.includes(method) ? this.methods.factor(method) : undefined;
    if (factor?.options === undefined) throw notOffered();
    return factor.options(user);
  }

  /**
   * Takes the second step. Of several at the same moment one gets a session.
   * @throws ProblemError challenge_ended when it has to begin again with the password; code_invalid; passkey_invalid; rate_limited
   */
  async verify({ challengeId, method, code, response }: VerifyLoginDto, client: Client): Promise<IssuedTokens> {
    const challenge = await this.challenges.standing(challengeId);
    await this.throttles.attempt('factor', challenge?.userId ?? challengeId, client);
    const user = await this.ownerOf(challenge);
    if (!challenge?.methods.includes(method)) throw notOffered();
    const useUp = await this.check(challenge, user, method, { code, response }, client);
    const tokens = await this.database.transaction(async (manager) => {
      if (!(await this.challenges.use(challengeId, manager))) throw new ProblemError('challenge_ended');
      if (!(await useUp(manager))) throw new ProblemError(this.refusalOf(method), 'This has been used already.');
      if (method === 'recovery') await this.recoveryCodeUses.record(user, client, manager);
      return this.sessions.begin(user, client, manager, method);
    });
    await this.throttles.succeeded('factor', user.id, client);
    if (method === 'recovery') await this.recoveryCodeUses.tell(user, client);
    return tokens;
  }

  private async check(
    challenge: LoginChallenge,
    user: Account,
    method: ChallengeMethodName,
    proof: Proof,
    client: Client,
  ): Promise<UseUp> {
    const factor = this.methods.factor(method);
    const guess =
      factor === undefined
        ? await this.challenges.takeCodeTry(challenge.id, method)
        : await this.challenges.takeFactorTry(challenge.id);
    if (guess === undefined) {
      throw factor === undefined
        ? new ProblemError('code_invalid', 'This code is no longer good. Ask for a new one.')
        : new ProblemError('challenge_ended');
    }
    const useUp =
      factor === undefined
        ? this.codes.check(challenge, guess, proof.code ?? '')
        : await factor.check(user, proof, client);
    if (useUp === undefined) await this.refuse(user, method, guess, client);
    return useUp ?? (() => Promise.resolve(false));
  }

  /** @throws ProblemError code_invalid or passkey_invalid, always */
  private async refuse(
    user: Account,
    method: ChallengeMethodName,
    guess: CountedGuess,
    client: Client,
  ): Promise<never> {
    await this.audit.record({
      action: 'login.failed',
      actorId: null,
      subjectId: user.id,
      client,
      details: { step: method },
    });
    if (guess.last) this.mails.notice('codesGuessed', user, client);
    throw new ProblemError(this.refusalOf(method));
  }

  private refusalOf(method: ChallengeMethodName): FactorMethod['refusal'] {
    return this.methods.factor(method)?.refusal ?? 'code_invalid';
  }

  private async ownerOf(challenge: LoginChallenge | undefined): Promise<Account> {
    const user = challenge === undefined ? null : await this.users.byId(challenge.userId);
    if (user === null) throw new ProblemError('challenge_ended');
    return user;
  }
}

function notOffered(): ProblemError {
  const message = 'method is not one that this log-in may use';
  return new ProblemError('validation_failed', undefined, { errors: [{ path: 'method', message }] });
}
