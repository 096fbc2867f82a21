// Only for tests: what a Unix user might do on a server so that its mail leaves by the account of another site.
import { dialogue, forged, mail, ownFolder, send, smtp } from './test-pause-tricks.ts';

const token = 'TOKEN';

export interface Other {
	uid: number;
	/** Its Unix user, and the domain of its route. */
	name: string;
	domain: string;
}

/** Records of a message as postdrop(1) takes them: a letter, the length, the text. */
const records = ( ...of: [ type: string, text: string ][] ) =>
	`perl -e 'while (@ARGV) { my ($t, $x) = splice @ARGV, 0, 2; print $t, chr length $x, $x }' ${ of
		.map( ( [ type, text ] ) => `'${ type }' '${ text }'` )
		.join( ' ' ) } | /usr/sbin/postdrop -r`;
const rest: [ string, string ][] = [
	[ 'R', 'you@example.org' ],
	[ 'M', '' ],
	[ 'N', `Subject: ${ token }` ],
	[ 'N', '' ],
	[ 'N', 'x' ],
	[ 'X', '' ],
	[ 'E', '' ],
];

/** Each a command of a shell that sends a mail with the word `TOKEN` in it. */
export const routeTricks = ( { uid, name, domain }: Other ): Record< string, string > => {
	const address = `shop@${ domain }`;
	const submitted = `X-Email-Gateway-Submitted: ${ uid } 4ABCDE\\n`;
	const as = ( sender: string, headers = '' ) => send( mail( token, headers ), `-f '${ sender }' you@example.org` );
	const bySmtp = ( from: string, headers = '' ) => smtp( dialogue( token, { from, headers } ) );
	return {
		'-f with an address of the other': as( address ),
		'-f with an address in capitals': as( address.toUpperCase() ),
		'-f with a dot at the end': as( `${ address }.` ),
		'-f with the name of the other': as( name ),
		'-f with the name of the other at localhost': as( `${ name }@localhost` ),
		'-f with a percent sign': as( `shop%${ domain }` ),
		'-f with a percent sign at localhost': as( `shop%${ domain }@localhost` ),
		'-f with a bang path': as( `${ domain }!shop` ),
		'-f with a source route': as( `@x.test:${ address }` ),
		'-f with quotes': as( `"shop"@${ domain }` ),
		'-f with a comment': as( `shop(x)@${ domain }` ),
		'-f with a name and brackets': as( `Shop <${ address }>` ),
		'-f with two addresses': as( `x@x.test, ${ address }` ),
		'-r instead of -f': send( mail( token ), `-r ${ address } you@example.org` ),
		'-F and a Sender header': send( mail( token, `Sender: ${ address }\\n` ), `-F ${ address } you@example.org` ),
		'-f <>': as( '<>' ),
		VERP: send( mail( token ), `-XV -f ${ address } you@example.org` ),
		'a Return-Path header': send( mail( token, `Return-Path: <${ address }>\\n` ) ),
		'Resent headers': send( mail( token, `Resent-From: ${ address }\\nResent-Sender: ${ address }\\n` ) ),
		'the header From of the other': send( `From: ${ address }\\nSubject: ${ token }\\n\\nx\\n` ),
		'a forged Received line of the other': as( address, forged( uid ) ),
		'a forged line of the filter': as( address, submitted ),
		'a thousand forged lines of the filter': `{ i=0; while [ $i -lt 1000 ]; do echo 'X-Email-Gateway-Submitted: ${ uid } 4A'$i; i=$((i + 1)); done; printf '${ mail(
			token
		) }'; } | sendmail -f ${ address } you@example.org`,
		'a first line that continues Postfix’s own': send(
			` (Postfix, from userid ${ uid })\\n${ mail( token ) }`,
			`-f ${ address } you@example.org`
		),
		'sendmail -bs': send( `${ dialogue( token, { from: address } ) }QUIT\\n`, '-bs' ),
		'a configuration of one’s own (-C)': `${ ownFolder }; ${ send(
			mail( token ),
			`-C /tmp/own.$$ -f ${ address } you@example.org`
		) }`,
		'records of one’s own to postdrop': records( [ 'S', address ], ...rest ),
		'two senders to postdrop': records( [ 'S', `${ name }x@localhost` ], [ 'S', address ], ...rest ),
		'a content filter to postdrop': records( [ 'L', 'gw-1:' ], [ 'S', address ], ...rest ),
		'a rewriting context to postdrop': records( [ 'A', 'rewrite_context=remote' ], [ 'S', address ], ...rest ),
		'a namespace of users': `printf '${ mail(
			token
		) }' | timeout 5 unshare -Ur sendmail -f ${ address } you@example.org`,
		'a recipient with the transport of the other': send(
			mail( token ),
			`-f ${ address } you@example.org gw-1:x@example.org`
		),
		SMTP: bySmtp( address ),
		'SMTP by IPv6': smtp( dialogue( token, { from: address } ), '::1' ),
		'SMTP from another address of loopback': smtp( dialogue( token, { from: address } ), '127.0.0.1', '127.0.0.9' ),
		'SMTP in capitals': bySmtp( address.toUpperCase() ),
		'SMTP with a dot at the end': bySmtp( `${ address }.` ),
		'SMTP with the name of the other': bySmtp( name ),
		'SMTP with a percent sign': bySmtp( `shop%%${ domain }` ),
		'SMTP with a percent sign at localhost': bySmtp( `shop%%${ domain }@localhost` ),
		'SMTP with a bang path': bySmtp( `${ domain }!shop` ),
		'SMTP with a source route': bySmtp( `@x.test:${ address }` ),
		'SMTP with quotes': bySmtp( `"shop"@${ domain }` ),
		'SMTP with quotes around all': bySmtp( `"shop@${ domain }"` ),
		'SMTP with a blank': bySmtp( `shop@${ domain } ` ),
		'SMTP with a comment': bySmtp( `shop(x)@${ domain }` ),
		'SMTP with a forged line of the filter': bySmtp( address, submitted ),
		'SMTP with AUTH= and XFORWARD': smtp(
			`EHLO a\\nXFORWARD ADDR=127.0.0.1 PORT=1\\nMAIL FROM:<${ address }> AUTH=<>\\nRCPT TO:<you@example.org>\\nDATA\\n${ mail(
				token
			) }.\\n`
		),
		'SMTP, the second mail of a connection': smtp(
			`${ dialogue( 'first', { from: 'a@x.test' } ) }${ dialogue( token, { from: address } ) }`
		),
		'SMTP with attributes of the policy in the sender': bySmtp( `"\\\\nsender=x@x.test"@${ domain }` ),
	};
};
