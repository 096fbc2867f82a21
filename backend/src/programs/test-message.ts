import MailComposer from 'nodemailer/lib/mail-composer';

export interface TestMessage {
	from: string;
	to: string;
	/** Without the angle brackets. */
	messageId: string;
	siteName: string;
	date: Date;
}

const escapeHtml = ( text: string ) => text.replace( /[&<>"']/g, ( sign ) => `&#${ sign.charCodeAt( 0 ) };` );

/** Composes the test email: text and HTML, with line feeds only, as sendmail(1) takes it. */
export async function composeTestMessage( { from, to, messageId, siteName, date }: TestMessage ): Promise< Buffer > {
	const first = `This test email was sent by ${ siteName } through the Email Gateway of its server.`;
	const second = 'If you can read it, outgoing mail works: nothing needs to be done.';
	const message = new MailComposer( {
		from,
		to,
		subject: `Test email from ${ siteName }`,
		messageId: `<${ messageId }>`,
		date,
		text: `${ first }\n\n${ second }\n`,
		html: `<p>${ escapeHtml( first ) }</p>\n<p>${ second }</p>\n`,
		headers: { 'Auto-Submitted': 'auto-generated' },
		newline: 'unix',
	} );
	return message.compile().build();
}
