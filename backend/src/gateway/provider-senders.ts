/** How mail of one provider is judged by receivers. */
export interface ProviderSender {
	/** Whose domain bounces go to: `kept` the Sending Domain, so that its SPF counts; `own` the provider's. */
	envelope: 'kept' | 'own';
	/** Domains whose `include:` lets the provider send; the first is the one to add. Only where the envelope is kept. */
	spf?: readonly string[];
	/** The one to add where it depends on the server that was chosen. */
	spfOf?: Readonly< Record< string, string > >;
	/** Where its DKIM keys are. */
	selectors: readonly string[];
	/** True: there are no other selectors, so a key that is at none of them is missing. */
	selectorsAreAll?: boolean;
	/** DKIM records that are alike for every account: selector → target of the CNAME. */
	cname?: ( selector: string, domain: string ) => string | null;
	/** Mail domains of the provider itself, for which it signs. */
	domains?: readonly string[];
	source: string;
}

const own = ( source: string, rest: Partial< ProviderSender > = {} ): ProviderSender => ( {
	envelope: 'own',
	selectors: [],
	source,
	...rest,
} );
const all = ( ...selectors: string[] ) => ( { selectors, selectorsAreAll: true } );

const google = { envelope: 'kept', spf: [ '_spf.google.com' ], selectors: [ 'google' ] } as const;
// the first two are those of automatic keys; with keys of one's own any other may be
const mailgun = own( 'https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/mg_security', {
	selectors: [ 'pdk1', 'pdk2', 'k1', 'mx', 'pic', 'smtp' ],
} );
const googleSource = 'https://support.google.com/a/answer/174124';

/** By preset (shared/src/presets.ts). One that is not here is "cannot tell". */
export const providerSenders: Readonly< Record< string, ProviderSender > > = {
	gmail: own( 'https://support.google.com/mail/answer/22370', { domains: [ 'gmail.com', 'googlemail.com' ] } ),
	google_workspace: { ...google, source: googleSource },
	google_relay: { ...google, source: googleSource },
	microsoft_365: {
		envelope: 'kept',
		spf: [ 'spf.protection.outlook.com' ],
		...all( 'selector1', 'selector2' ),
		source: 'https://learn.microsoft.com/en-us/defender-office-365/email-authentication-dkim-configure',
	},
	zoho: {
		envelope: 'kept',
		spf: [
			...[ 'zohomail.com', 'zohomail.eu', 'zohomail.in', 'zohomail.com.au', 'zohomail.jp', 'one.zoho.com' ],
			...[ 'zoho.com', 'zoho.eu', 'zoho.in', 'zoho.com.au', 'zoho.jp', 'spf.zoho.com', 'spf.zoho.eu' ],
		],
		spfOf: {
			'smtp.zoho.eu': 'zohomail.eu',
			'smtp.zoho.in': 'zohomail.in',
			'smtp.zoho.com.au': 'zohomail.com.au',
			'smtp.zoho.jp': 'zohomail.jp',
		},
		// what Zoho suggests; people may choose another
		selectors: [ 'zmail', 'zoho' ],
		source: 'https://www.zoho.com/mail/help/adminconsole/spf-configuration.html',
	},
	fastmail: {
		envelope: 'kept',
		spf: [ 'spf.messagingengine.com' ],
		...all( 'fm1', 'fm2', 'fm3' ),
		cname: ( selector, domain ) => `${ selector }.${ domain }.dkim.fmhosted.com`,
		domains: [ 'fastmail.com', 'fastmail.fm' ],
		source: 'https://www.fastmail.help/hc/en-us/articles/360060591153',
	},
	yahoo: own( 'https://senders.yahooinc.com/best-practices/', { domains: [ 'yahoo.com', 'ymail.com' ] } ),
	aol: own( 'https://senders.yahooinc.com/best-practices/', { domains: [ 'aol.com' ] } ),
	icloud: {
		envelope: 'kept',
		spf: [ 'icloud.com' ],
		selectors: [ 'sig1' ],
		domains: [ 'icloud.com', 'me.com', 'mac.com' ],
		source: 'https://support.apple.com/en-us/102374',
	},
	ses: own( 'https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim.html' ),
	sendgrid: own( 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/how-to-set-up-domain-authentication', {
		selectors: [ 's1', 's2' ],
	} ),
	mailgun_us: mailgun,
	mailgun_eu: mailgun,
	// `mail` is that of accounts from before 2024
	brevo: own( 'https://help.brevo.com/hc/en-us/articles/12163873383186', {
		selectors: [ 'brevo1', 'brevo2', 'mail' ],
	} ),
	postmark: own( 'https://postmarkapp.com/support/article/1091-how-do-i-set-up-dkim-for-postmark' ),
	mailjet: own( 'https://documentation.mailjet.com/hc/en-us/articles/360042412734', {
		selectors: [ 'mailjet' ],
	} ),
	smtp2go: own( 'https://support.smtp2go.com/hc/en-gb/articles/115004408567' ),
	resend: own( 'https://resend.com/docs/dashboard/domains/introduction', all( 'resend' ) ),
	cloudflare: own( 'https://developers.cloudflare.com/email-service/' ),
	mailersend: own( 'https://www.mailersend.com/help/how-to-verify-and-authenticate-a-sending-domain', {
		selectors: [ 'mlsend2', 'mlsend' ],
	} ),
	sparkpost: own( 'https://support.sparkpost.com/docs/getting-started/setting-up-domains' ),
	mandrill: own( 'https://mailchimp.com/developer/release-notes/new-sending-domain-authentication-requirements', {
		...all( 'mte1', 'mte2' ),
		cname: ( selector ) => `${ selector.replace( 'mte', 'dkim' ) }.mandrillapp.com`,
	} ),
	elastic_email: own( 'https://help.elasticemail.com/en/articles/4934408', all( 'api' ) ),
	zeptomail: own( 'https://www.zoho.com/zeptomail/help/domains.html' ),
	mailtrap: own( 'https://docs.mailtrap.io/email-api-smtp/setup/sending-domain', {
		...all( 'rwmt1', 'rwmt2' ),
		cname: ( selector ) => `${ selector }.dkim.smtp.mailtrap.live`,
	} ),
};
