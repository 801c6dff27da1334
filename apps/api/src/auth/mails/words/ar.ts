import type { Catalogue, MailWords, Whereabouts } from '../catalogue.js';
import { codeLifetime, invitationLifetime } from '../durations.js';

const EXPIRY = `وهو صالح لمدة ${codeLifetime('ar')}.`;
const IGNORE = 'إذا لم تطلب ذلك فتجاهل هذه الرسالة: لن يحدث شيء من دون الرمز.';
const NOTHING_TO_DO = 'إذا لم تكن أنت من فعل ذلك فلا داعي لفعل أي شيء.';
const CHOOSE_PASSWORD = 'إذا لم تكن أنت من فعل ذلك فاختر كلمة مرور جديدة: هناك من سجّل الدخول باسمك.';

/** Keeps what runs from left to right in one piece: without the marks, its signs would move to the other end. */
function apart(value: string): string {
  return `\u2068${value}\u2069`;
}

const ADVICE = 'إذا لم تكن أنت من فعل ذلك فاختر الآن كلمة مرور جديدة: سيتم بذلك تسجيل الخروج من جميع الأجهزة.';

/** A mail about something that was done to the account, and from where. */
function notice(subject: string, text: string, { device, address, place, time }: Whereabouts): MailWords {
  const where = place === '' ? '' : `المكان: ${apart(place)}. `;
  const what = `الجهاز: ${apart(device ?? 'غير معروف')}. `;
  const facts = `${what}${where}العنوان: ${apart(address)}. الوقت: ${apart(time)}.`;
  return { subject, paragraphs: [text, facts], link: 'اختيار كلمة مرور جديدة', footnote: ADVICE };
}

export const ar: Catalogue = {
  greeting: (name) => (name === undefined ? 'مرحبًا،' : `مرحبًا ${apart(name)}،`),
  mails: {
    loginCode: () => ({
      subject: 'رمز تسجيل الدخول',
      paragraphs: [`يُكمل هذا الرمز تسجيل دخولك إلى Chatr، ${EXPIRY}`],
      footnote: 'إذا لم تكن تسجّل الدخول الآن فهناك من يعرف كلمة مرورك: اختر غيرها. لا تعطِ هذا الرمز لأحد.',
    }),
    newDevice: (where) => notice('جهاز جديد', 'تم للتو تسجيل الدخول إلى حسابك في Chatr من جهاز جديد.', where),
    codesGuessed: (where) =>
      notice(
        'ربما يعرف شخص ما كلمة مرورك',
        'أدخل شخص ما كلمة مرورك في Chatr ثم خمسة رموز خاطئة، ولم يتمكن من الدخول.',
        where,
      ),
    twoStepOn: (where) =>
      notice('تم تفعيل التحقق بخطوتين', 'من الآن فصاعدًا يتطلب تسجيل الدخول إلى Chatr رمزًا من تطبيق المصادقة.', where),
    twoStepOff: (where) =>
      notice('تم إيقاف التحقق بخطوتين', 'لم يعد تسجيل الدخول إلى Chatr يتطلب رمزًا من تطبيق المصادقة.', where),
    recoveryCodesRenewed: (where) =>
      notice(
        'لديك رموز استرداد جديدة',
        'أُنشئت رموز استرداد جديدة لحسابك في Chatr، ولم تعد الرموز السابقة صالحة.',
        where,
      ),
    recoveryCodeUsed: ({ left, ...where }) =>
      notice(
        'تم استخدام رمز استرداد',
        `سجّل شخص ما، نأمل أنه أنت، الدخول إلى Chatr بأحد رموز الاسترداد الخاصة بك، ولم يعد صالحًا. الرموز المتبقية: ${left}.`,
        where,
      ),
    passkeyAdded: ({ name, ...where }) => ({
      ...notice(
        'تمت إضافة مفتاح مرور',
        `يتيح لك مفتاح المرور ${apart(name)} الآن تسجيل الدخول إلى Chatr من دون كلمة مرور.`,
        where,
      ),
      footnote:
        'إذا لم تكن أنت من فعل ذلك فاختر الآن كلمة مرور جديدة، ثم أزل هذا المفتاح من الإعدادات: فهو يتيح الدخول لكل من يملكه.',
    }),
    passkeyRemoved: ({ name, ...where }) =>
      notice('تمت إزالة مفتاح مرور', `لم يعد مفتاح المرور ${apart(name)} يتيح تسجيل الدخول إلى Chatr.`, where),
    passkeyCloned: ({ name, ...where }) => ({
      ...notice(
        'تم رفض مفتاح مرور',
        `حاول شخص ما تسجيل الدخول إلى Chatr بمفتاح المرور ${apart(name)}، وبدا أنه نسخة منه، ولم يتمكن من الدخول.`,
        where,
      ),
      footnote: 'أزل هذا المفتاح من الإعدادات وأضف مفتاحًا جديدًا. ما زالت كلمة مرورك ومفاتيحك الأخرى تعمل.',
    }),
    verification: ({ username }) => ({
      subject: 'أكّد عنوان بريدك الإلكتروني',
      paragraphs: [`هذا الرمز يُكمل تسجيل ${apart(`@${username}`)} في Chatr، ${EXPIRY}`],
      footnote: `إذا لم تسجّل باسم ${apart(`@${username}`)} فلا تستخدم الرمز: سيكون الحساب لشخص آخر.`,
    }),
    alreadyRegistered: () => ({
      subject: 'لديك حساب بالفعل',
      paragraphs: [
        'حاول شخص ما، وربما أنت، التسجيل في Chatr بهذا العنوان، وهو تابع لحسابك بالفعل.',
        'سجّل الدخول بكلمة مرورك، أو اختر كلمة جديدة إذا نسيتها.',
      ],
      link: 'تسجيل الدخول',
      footnote: NOTHING_TO_DO,
    }),
    passwordReset: () => ({
      subject: 'اختر كلمة مرور جديدة',
      paragraphs: [`يتيح لك هذا الرمز اختيار كلمة مرور جديدة في Chatr، ${EXPIRY}`],
      footnote: IGNORE,
    }),
    passwordChanged: () => ({
      subject: 'تم تغيير كلمة مرورك',
      paragraphs: ['تم تغيير كلمة مرورك في Chatr برمز أُرسل إلى بريدك، وتم تسجيل الخروج من جميع الأجهزة.'],
      footnote: 'إذا لم تكن أنت من فعل ذلك فهناك من يقرأ بريدك: أمّن حساب البريد أولًا، ثم اختر هنا كلمة مرور جديدة.',
    }),
    ownPasswordChanged: (where) =>
      notice(
        'تم تغيير كلمة مرورك',
        'تم تغيير كلمة مرورك في Chatr من الإعدادات، وتم تسجيل الخروج من جميع الأجهزة الأخرى.',
        where,
      ),
    identityLinked: ({ provider, label }) => ({
      subject: `تم ربط حسابك مع ${apart(provider)}`,
      paragraphs: [`من الآن فصاعدًا يمكن لـ ${apart(label)} لدى ${apart(provider)} تسجيل الدخول إلى حسابك في Chatr.`],
      link: 'عرض طرق تسجيل دخولك',
      footnote: 'إذا لم تكن أنت من فعل ذلك فألغِ الربط هناك، واختر كلمة مرور جديدة، وأخبر مدير هذا الخادم.',
    }),
    invitation: ({ invitedBy }) => ({
      subject: `يدعوك ${apart(invitedBy)} إلى Chatr`,
      paragraphs: [
        `يدعوك ${apart(invitedBy)} إلى الانضمام إلى المحادثة في Chatr. الدعوة صالحة لمدة ${invitationLifetime('ar')}، ولهذا العنوان وحده.`,
      ],
      link: 'قبول الدعوة',
      footnote: 'إذا كنت لا تعرف من هذا فتجاهل هذه الرسالة.',
    }),
    emailChangePresent: ({ email }) => ({
      subject: 'أكّد عنوان بريدك الإلكتروني الجديد',
      paragraphs: [
        `سيصبح عنوان حسابك في Chatr هو ${apart(email)} بدلًا من هذا العنوان. أدخل هذا الرمز مع الرمز الذي أُرسل إلى هناك، ${EXPIRY}`,
      ],
      footnote: 'إذا لم تطلب ذلك فلا تعطِ الرمز لأحد واختر كلمة مرور جديدة: هناك من سجّل الدخول باسمك ويعرف كلمة المرور.',
    }),
    emailChangeNew: ({ username }) => ({
      subject: 'أكّد عنوان بريدك الإلكتروني الجديد',
      paragraphs: [
        `سيصبح هذا العنوان تابعًا للحساب ${apart(`@${username}`)} في Chatr. أدخل هذا الرمز مع الرمز الذي أُرسل إلى العنوان الحالي، ${EXPIRY}`,
      ],
      footnote: IGNORE,
    }),
    emailTaken: () => ({
      subject: 'هذا العنوان له حساب بالفعل',
      paragraphs: [
        'أراد شخص ما، وربما أنت، استخدام هذا العنوان لحساب آخر في Chatr. وهو تابع لحسابك بالفعل، ولم يتغيّر شيء.',
      ],
      link: 'تسجيل الدخول',
      footnote: NOTHING_TO_DO,
    }),
    emailChanged: ({ from, to }) => ({
      subject: 'تم تغيير عنوان بريدك الإلكتروني',
      paragraphs: [
        `كان عنوان حسابك في Chatr هو ${apart(from)} وأصبح ${apart(to)}. تبقى أجهزتك مسجّلة الدخول.`,
        'ترى في الإعدادات أين سجّلت الدخول، ويمكنك إنهاء أي جلسة منها.',
      ],
      link: 'عرض أجهزتك',
      footnote: 'إذا لم تكن أنت من فعل ذلك فأخبر مدير هذا الخادم.',
    }),
    phoneChanged: ({ phone }) => ({
      subject: 'تم تغيير رقم هاتفك',
      paragraphs: [`أصبح رقم هاتف حسابك في Chatr هو ${apart(phone)}.`],
      link: 'عرض الإعدادات',
      footnote: CHOOSE_PASSWORD,
    }),
    phoneRemoved: ({ phone }) => ({
      subject: 'تمت إزالة رقم هاتفك',
      paragraphs: [`لم يعد الرقم ${apart(phone)} تابعًا لحسابك في Chatr.`],
      link: 'عرض الإعدادات',
      footnote: CHOOSE_PASSWORD,
    }),
    roleChanged: ({ admin }) => ({
      subject: admin ? 'أصبحت من مديري Chatr' : 'لم تعد من مديري Chatr',
      paragraphs: [
        admin
          ? 'أصبحت من مديري خادم Chatr هذا: يمكنك دعوة الأشخاص وإيقاف حساباتهم وقراءة سجل التدقيق.'
          : 'عاد حسابك في Chatr حسابًا عاديًا. تبقى محادثاتك كما هي.',
      ],
      link: 'عرض الإعدادات',
      footnote: 'إذا لم تتوقع ذلك فاسأل مديري هذا الخادم.',
    }),
    factorsReset: () => ({
      subject: 'تمت إعادة تعيين عوامل التحقق لديك',
      paragraphs: [
        'أزال أحد المديرين كل ما كان تسجيل دخولك إلى Chatr يطلبه إلى جانب كلمة المرور: تطبيق المصادقة ورموز الاسترداد ومفاتيح المرور والأجهزة المعروفة. أعد إعدادها من الإعدادات.',
      ],
      link: 'عرض الإعدادات',
      footnote: 'إذا لم تطلب ذلك فاختر كلمة مرور جديدة واسأل مديري هذا الخادم.',
    }),
  },
  texts: {
    loginCode: ({ code }) => `${code} هو رمزك لتسجيل الدخول إلى Chatr، ${EXPIRY} لا تعطه لأحد.`,
    phoneCode: ({ code }) => `${code} هو رمزك لتأكيد هذا الرقم في Chatr، ${EXPIRY} لا تعطه لأحد.`,
    phoneTaken: () => 'أراد شخص ما استخدام هذا الرقم لحساب آخر في Chatr. وهو تابع لحسابك بالفعل؛ ولم يتغيّر شيء.',
    phoneChanged: () => 'أصبح لحسابك في Chatr رقم هاتف آخر. إذا لم تكن أنت من فعل ذلك فاختر كلمة مرور جديدة.',
    phoneRemoved: () => 'لم يعد هذا الرقم تابعًا لحسابك في Chatr. إذا لم تكن أنت من فعل ذلك فاختر كلمة مرور جديدة.',
  },
};
