// Only for tests: how a site may hand over a mail for somebody; the word in each is `way-N-end`.
let number = 0;
const mail = ( headers = '' ) => `${ headers }Subject: way-${ number++ }-end\\nFrom: a@a.test\\n\\nx\\n`;
const send = ( text: string, options: string ) => `printf '${ text }' | sendmail ${ options }`;
const smtp = ( recipients: readonly string[], from = 'a@a.test' ) =>
	`printf 'EHLO a\\nMAIL FROM:<${ from }>\\n${ recipients
		.map( ( to ) => `RCPT TO:<${ to }>\\n` )
		.join( '' ) }DATA\\n${ mail() }.\\nQUIT\\n' | perl /tmp/smtp.pl 127.0.0.1`;

/** Each a command of a shell, of any Unix user. */
export const ways: Record< string, string > = {
	sendmail: send( mail(), 'you@customer.example' ),
	'several recipients': send( mail(), 'you@customer.example he@customer.example she@other.example' ),
	'recipients from the headers': send( mail( 'To: you@customer.example\\nBcc: he@customer.example\\n' ), '-t' ),
	'-f <>': send( mail(), `-f '<>' you@customer.example` ),
	'a user of the server': send( mail(), 'root' ),
	'a quoted local part with an address in it': send( mail(), `'"he@customer.example, x"@customer.example'` ),
	'a quoted local part and an allowed domain': send( mail(), `'"x@allowed.example"@customer.example'` ),
	'a way through an allowed domain': send( mail(), `'@allowed.example:you@customer.example'` ),
	'a percent sign': send( mail(), `'you%customer.example@localhost'` ),
	'an address literal': send( mail(), `'you@[192.0.2.1]'` ),
	'the mailbox itself': send( mail(), `'testers+$HOME@tests.example'` ),
	'sendmail -bs': `printf 'EHLO a\\nMAIL FROM:<a@a.test>\\nRCPT TO:<you@customer.example>\\nDATA\\n${ mail() }.\\nQUIT\\n' | sendmail -bs`,
	SMTP: smtp( [ 'you@customer.example' ] ),
	'SMTP for several': smtp( [ 'you@customer.example', 'he@customer.example' ] ),
	'SMTP with MAIL FROM:<>': smtp( [ 'you@customer.example' ], '' ),
};
