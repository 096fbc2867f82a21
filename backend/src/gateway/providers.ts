/**
 * Domains under which each provider has its servers, other regions, older names and aliases included: one name of a
 * provider tells as much as another. Names of presets (shared/src/presets.ts), and of providers without one.
 */
export const providers: Readonly< Record< string, readonly string[] > > = {
	gmail: [ 'gmail.com', 'googlemail.com', 'google.com' ],
	google_workspace: [ 'gmail.com', 'googlemail.com', 'google.com' ],
	google_relay: [ 'smtp-relay.gmail.com' ],
	microsoft_365: [
		'office365.com',
		'outlook.com',
		'hotmail.com',
		'live.com',
		'office365.us',
		'outlook.cn',
		'office.com',
	],
	ses: [ 'amazonaws.com', 'amazonaws.com.cn', 'awsapps.com', 'amazonses.com' ],
	sendgrid: [ 'sendgrid.net', 'sendgrid.com' ],
	mailgun_us: [ 'mailgun.org', 'mailgun.com', 'mailgun.net' ],
	mailgun_eu: [ 'eu.mailgun.org' ],
	brevo: [ 'brevo.com', 'sendinblue.com' ],
	postmark: [ 'postmarkapp.com' ],
	mailjet: [ 'mailjet.com' ],
	smtp2go: [ 'smtp2go.com' ],
	resend: [ 'resend.com' ],
	cloudflare: [ 'cloudflare.net' ],
	mailersend: [ 'mailersend.net', 'mailersend.com' ],
	sparkpost: [ 'sparkpostmail.com', 'sparkpost.com', 'messagebird.com' ],
	mandrill: [ 'mandrillapp.com' ],
	elastic_email: [ 'elasticemail.com' ],
	zoho: [
		'zoho.com',
		'zoho.eu',
		'zoho.in',
		'zoho.com.au',
		'zoho.jp',
		'zoho.com.cn',
		'zoho.sa',
		'zohocloud.ca',
		'zoho.uk',
	],
	zeptomail: [ 'zeptomail.com', 'zeptomail.eu', 'zeptomail.in', 'zeptomail.com.au', 'zeptomail.jp', 'transmail.net' ],
	mailtrap: [ 'mailtrap.io', 'mailtrap.live' ],
	yahoo: [ 'yahoo.com', 'yahoodns.net', 'yahoo.co.jp', 'ymail.com', 'sbcglobal.net', 'att.net' ],
	aol: [ 'aol.com' ],
	icloud: [ 'me.com', 'icloud.com', 'mac.com' ],
	fastmail: [ 'fastmail.com', 'messagingengine.com' ],
	qq: [ 'qq.com', 'foxmail.com' ],
	netease: [ '163.com', '126.com', 'yeah.net', 'netease.com' ],
	yandex: [ 'yandex.com', 'yandex.ru', 'yandex.net', 'yandex.com.tr', 'ya.ru' ],
	mail_ru: [ 'mail.ru' ],
	orange: [ 'orange.fr', 'wanadoo.fr' ],
	hostinger: [ 'hostinger.com', 'titan.email' ],
};

/** Ids of the providers to whom a server belongs, by its name's end. */
export function providersOf( host: string ): readonly string[] {
	const name = host.trim().toLowerCase().replace( /\.$/, '' );
	return Object.entries( providers )
		.filter( ( [ , domains ] ) => domains.some( ( domain ) => name === domain || name.endsWith( `.${ domain }` ) ) )
		.map( ( [ id ] ) => id );
}
