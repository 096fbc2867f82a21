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
	mailgun_us: [ 'mailgun.org', 'mailgun.com', 'mailgun.net', 'postgun.com' ],
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
		'zohomail.com',
		'zohomail.eu',
		'zohomail.in',
		'zohomail.com.au',
		'zohomail.jp',
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

/** The same, and where a name tells none, as one of somebody's own domain does, by what the server calls itself. */
export function providerBehind( host: string, banner: string ): readonly string[] {
	const known = providersOf( host );
	return known.length > 0 ? known : providersOf( banner );
}

/** The name with which a server greets (220) or answers EHLO (250), or refuses to (554); null where it gives none. */
export function nameInGreeting( reply: string ): string | null {
	const [ , name = null ] =
		/^(?:220|250|421|554)[ -](?:[245]\.\d{1,3}\.\d{1,3} )?([a-z0-9][a-z0-9.-]{0,252}\.[a-z]{2,24})(?:\s|$)/i.exec(
			reply
		) ?? [];
	return name;
}
