import type { ReplyRule } from './reply-rule.ts';

const qq = { presets: [ 'qq' ], source: 'https://service.mail.qq.com/detail/0/75' };
const netease = {
	presets: [ 'netease' ],
	source: 'https://help.mail.163.com/faqDetail.do?code=d7a5dc8471cd0c0e8b4b8f4f8e49998b374173cfe9171305fa1ce630d7f67ac2',
};
const yahoo = { presets: [ 'yahoo', 'aol' ], source: 'https://senders.yahooinc.com/smtp-error-codes/' };
const orange = { presets: [ 'orange' ], source: 'https://postmaster.orange.fr/' };

/** Providers whose words tell nothing by themselves, or of whose words a log keeps question marks only. */
export const otherRules: readonly ReplyRule[] = [
	// QQ says it in Chinese, and “busy” where the web password was sent
	{
		...qq,
		cause: 'app_password_required',
		stage: [ 'AUTH' ],
		reply: /^535\b.*(\?{4}|system busy|authentication failed)/is,
		example: '535 Error: authentication failed, system busy',
	},
	{
		...qq,
		bare: true,
		cause: 'app_password_required',
		stage: [ 'AUTH' ],
		reply: /^535\b/,
		example: '535 Login Fail. Please enter your authorization code to login.',
	},

	// NetEase
	{
		...netease,
		cause: 'smtp_auth_disabled',
		stage: [ 'AUTH' ],
		reply: /^550\b.*User has no permission/is,
		example: '550 User has no permission',
	},
	{
		...netease,
		bare: true,
		cause: 'app_password_required',
		stage: [ 'AUTH' ],
		reply: /^535\b/,
		example: '535 Error: authentication failed',
	},

	// Yahoo says this where the sender is another or the account is blocked
	{
		...yahoo,
		cause: 'account_suspended',
		reply: /^554[ -]6\.6\.0\b/,
		example: '554 6.6.0 Error sending message for delivery.',
	},

	// Orange’s own numbers: 506 is its content filter
	{
		...orange,
		cause: 'content_refused',
		reply: /^550[ -]5\.2\.0\b.*ofr_506/is,
		example: '550 5.2.0 Mail rejete. Mail rejected. ofr_506 [506]',
	},
];
