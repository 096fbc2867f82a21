/** How a provider treats the From address; the words are the plugin's. */
export type FromRule =
	| 'rewritten_to_account'
	| 'account_or_alias'
	| 'verified_sender'
	| 'verified_domain'
	| 'any_registered_domain';

/** What is known of one mail provider. Plain data without dependencies: the screens carry it too. */
export interface Preset {
	id: string;
	name: string;
	/** `REGION` stands for a part the person must replace. */
	host: string;
	/** In the order in which they should be tried. */
	ports: readonly [ number, ...number[] ];
	/** A literal user name that every account has (`apikey`), or the kind of name the provider gives. */
	userName: { literal: string } | { kind: 'address' | 'login' | 'token' };
	password: 'password' | 'app_password' | 'smtp_password' | 'api_key' | 'token' | 'derived_smtp_password';
	from: FromRule;
	/** Recipients a day, where the provider names a number. */
	perDay: number | null;
	/** Connections at once that the provider allows, where it names a number. */
	connections: number | null;
	/** Messages a minute, where it names a number. */
	perMinute?: number;
	/** Millions of bytes that a whole encoded message may have, where it names a number. */
	messageMb?: number;
	/** The provider's own page about SMTP. */
	documentation: string;
	/** Domains of its accounts, where another preset has the same server. */
	accountsAt?: readonly string[];
	/** Further names of the same service, e.g. of its other regions. */
	otherHosts?: readonly string[];
	/** A dated change that will stop mail, as a code of the plugin's words. */
	warning?: 'microsoft_basic_auth_ends';
}

/** Day on which every row below was compared with the provider's documentation. */
export const presetsCheckedOn = '2026-11-23';

const relay = (
	id: string,
	name: string,
	host: string,
	ports: Preset[ 'ports' ],
	rest: Partial< Preset > & Pick< Preset, 'documentation' >
): Preset => ( {
	id,
	name,
	host,
	ports,
	userName: { kind: 'login' },
	password: 'smtp_password',
	from: 'verified_domain',
	perDay: null,
	connections: null,
	...rest,
} );

const mailbox = (
	id: string,
	name: string,
	host: string,
	ports: Preset[ 'ports' ],
	rest: Parameters< typeof relay >[ 4 ]
): Preset =>
	relay( id, name, host, ports, {
		userName: { kind: 'address' },
		password: 'app_password',
		from: 'account_or_alias',
		...rest,
	} );

export const presets: readonly Preset[] = [
	mailbox( 'gmail', 'Gmail', 'smtp.gmail.com', [ 587, 465 ], {
		documentation: 'https://support.google.com/accounts/answer/185833',
		from: 'rewritten_to_account',
		accountsAt: [ 'gmail.com', 'googlemail.com' ],
		perDay: 500,
	} ),
	mailbox( 'google_workspace', 'Google Workspace', 'smtp.gmail.com', [ 587, 465 ], {
		documentation: 'https://support.google.com/a/answer/176600',
		perDay: 2000,
	} ),
	mailbox( 'google_relay', 'Google Workspace relay', 'smtp-relay.gmail.com', [ 587, 465, 25 ], {
		documentation: 'https://support.google.com/a/answer/2956491',
		from: 'any_registered_domain',
		perDay: 10000,
	} ),
	mailbox( 'microsoft_365', 'Microsoft 365', 'smtp.office365.com', [ 587 ], {
		documentation:
			'https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
		password: 'password',
		connections: 3,
		perMinute: 30,
		warning: 'microsoft_basic_auth_ends',
	} ),
	relay( 'ses', 'Amazon SES', 'email-smtp.REGION.amazonaws.com', [ 587, 2587, 465, 2465 ], {
		messageMb: 40,
		documentation: 'https://docs.aws.amazon.com/ses/latest/dg/send-email-smtp.html',
		password: 'derived_smtp_password',
	} ),
	relay( 'sendgrid', 'SendGrid', 'smtp.sendgrid.net', [ 587, 2525, 465 ], {
		documentation: 'https://www.twilio.com/docs/sendgrid/for-developers/sending-email/getting-started-smtp',
		messageMb: 30,
		userName: { literal: 'apikey' },
		password: 'api_key',
		from: 'verified_sender',
	} ),
	relay( 'mailgun_us', 'Mailgun US', 'smtp.mailgun.org', [ 587, 2525, 465 ], {
		documentation: 'https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp',
		messageMb: 25,
	} ),
	relay( 'mailgun_eu', 'Mailgun EU', 'smtp.eu.mailgun.org', [ 587, 2525, 465 ], {
		documentation: 'https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp',
		messageMb: 25,
	} ),
	relay( 'brevo', 'Brevo', 'smtp-relay.brevo.com', [ 587, 2525, 465 ], {
		documentation: 'https://developers.brevo.com/docs/smtp-integration',
		from: 'verified_sender',
		perDay: 300,
	} ),
	relay( 'postmark', 'Postmark', 'smtp.postmarkapp.com', [ 587, 2525 ], {
		messageMb: 10,
		documentation: 'https://postmarkapp.com/developer/user-guide/send-email-with-smtp',
		userName: { kind: 'token' },
		password: 'token',
		from: 'verified_sender',
	} ),
	relay( 'mailjet', 'Mailjet', 'in-v3.mailjet.com', [ 587, 2525, 588, 465 ], {
		messageMb: 15,
		documentation: 'https://dev.mailjet.com/smtp-relay/overview/',
		password: 'api_key',
		perDay: 200,
	} ),
	relay( 'smtp2go', 'SMTP2GO', 'mail.smtp2go.com', [ 587, 2525, 8025, 465, 8465, 443 ], {
		documentation: 'https://developers.smtp2go.com/docs/smtp-relay',
		from: 'verified_sender',
		messageMb: 50,
	} ),
	relay( 'resend', 'Resend', 'smtp.resend.com', [ 587, 2587, 465, 2465 ], {
		messageMb: 40,
		documentation: 'https://resend.com/docs/send-with-smtp',
		userName: { literal: 'resend' },
		password: 'api_key',
	} ),
	relay( 'cloudflare', 'Cloudflare Email', 'smtp.mx.cloudflare.net', [ 465 ], {
		documentation: 'https://developers.cloudflare.com/email-service/',
		userName: { literal: 'api_token' },
		password: 'token',
	} ),
	relay( 'mailersend', 'MailerSend', 'smtp.mailersend.net', [ 587, 2525 ], {
		documentation: 'https://www.mailersend.com/help/smtp-relay',
	} ),
	relay( 'sparkpost', 'SparkPost', 'smtp.sparkpostmail.com', [ 587, 2525 ], {
		documentation: 'https://developers.sparkpost.com/api/smtp/',
		userName: { literal: 'SMTP_Injection' },
		otherHosts: [ 'smtp.eu.sparkpostmail.com' ],
		password: 'api_key',
	} ),
	relay( 'mandrill', 'Mandrill', 'smtp.mandrillapp.com', [ 587, 2525, 465 ], {
		documentation: 'https://mailchimp.com/developer/transactional/docs/smtp-integration/',
		password: 'api_key',
	} ),
	relay( 'elastic_email', 'Elastic Email', 'smtp.elasticemail.com', [ 2525, 587, 465 ], {
		documentation: 'https://help.elasticemail.com/en/articles/4803409-smtp-settings',
		password: 'api_key',
	} ),
	mailbox( 'zoho', 'Zoho Mail', 'smtp.zoho.com', [ 465, 587 ], {
		documentation: 'https://www.zoho.com/mail/help/zoho-smtp.html',
		otherHosts: [ 'smtp.zoho.eu', 'smtp.zoho.in', 'smtp.zoho.com.au', 'smtp.zoho.jp' ],
	} ),
	relay( 'zeptomail', 'ZeptoMail', 'smtp.zeptomail.com', [ 587, 465 ], {
		documentation: 'https://www.zoho.com/zeptomail/help/smtp-home.html',
		userName: { literal: 'emailapikey' },
		password: 'token',
	} ),
	relay( 'mailtrap', 'Mailtrap', 'live.smtp.mailtrap.io', [ 587, 2525 ], {
		documentation: 'https://docs.mailtrap.io/email-api-smtp/',
		userName: { literal: 'api' },
		password: 'token',
	} ),
	mailbox( 'yahoo', 'Yahoo', 'smtp.mail.yahoo.com', [ 465, 587 ], {
		documentation: 'https://help.yahoo.com/kb/SLN4724.html',
		perDay: 500,
	} ),
	mailbox( 'aol', 'AOL', 'smtp.aol.com', [ 465, 587 ], {
		documentation:
			'https://help.aol.com/articles/how-do-i-use-other-email-applications-to-send-and-receive-my-aol-mail',
		perDay: 500,
	} ),
	mailbox( 'icloud', 'iCloud', 'smtp.mail.me.com', [ 587 ], {
		messageMb: 20,
		documentation: 'https://support.apple.com/en-us/102525',
		perDay: 1000,
	} ),
	mailbox( 'fastmail', 'Fastmail', 'smtp.fastmail.com', [ 465, 587 ], {
		documentation: 'https://www.fastmail.help/hc/en-us/articles/1500000278342',
	} ),
];

/** The first preset whose provider has this server name; null where none is known. */
export const presetOfServer = ( smtpServer: string ): Preset | null => presetsOfServer( smtpServer )[ 0 ] ?? null;

/** The same, where presets share a server: the one to which the account belongs. */
export function presetOfAccount( { smtpServer, userName }: { smtpServer: string; userName: string } ): Preset | null {
	const domain = userName.slice( userName.lastIndexOf( '@' ) + 1 ).toLowerCase();
	const all = presetsOfServer( smtpServer );
	return (
		all.find( ( { accountsAt } ) => accountsAt?.includes( domain ) ) ??
		all.find( ( { accountsAt } ) => ! accountsAt ) ??
		null
	);
}

function presetsOfServer( smtpServer: string ): Preset[] {
	const host = smtpServer.trim().toLowerCase();
	const isOne = ( name: string ) => {
		const [ before = '', after ] = name.split( 'REGION' );
		const region = host.slice( before.length, host.length - ( after?.length ?? 0 ) );
		return after === undefined
			? name === host
			: host.startsWith( before ) && host.endsWith( after ) && /^[a-z0-9-]+$/.test( region );
	};
	return presets.filter( ( { host: name, otherHosts = [] } ) => [ name, ...otherHosts ].some( isOne ) );
}
