// Only for tests: what a Unix user might do on a server so that its mail leaves although its sending is paused.

/** Two programs for a server: SMTP a line at a time, and SMTP all at once. A line `.` ends a message. */
export const smtpClients = `cat >/tmp/smtp.pl <<'END'
use IO::Socket::IP;
my ($host, $from) = @ARGV;
my $s = IO::Socket::IP->new(PeerHost => $host, PeerPort => 25, $from ? (LocalHost => $from) : ()) or die "no connection\\n";
$s->autoflush(1);
my $reply = sub { my $l; do { $l = <$s> // exit 1; print $l } while $l =~ /^...-/; $l };
$reply->();
my $in_data = 0;
while (my $line = <STDIN>) {
	chomp $line;
	if ($line =~ /^SLEEP-UNTIL (.*)/) { sleep 1 until -e $1; next }
	print {$s} "$line\\r\\n";
	next if $in_data && $line ne ".";
	$in_data = $reply->() =~ /^354/;
}
END
cat >/tmp/blast.pl <<'END'
use Socket;
my $text = join "", map { s/\\n/\\r\\n/r } <STDIN>;
socket(my $s, PF_INET, SOCK_STREAM, 0);
connect($s, pack_sockaddr_in(25, inet_aton("127.0.0.1")));
syswrite($s, $text);
shutdown($s, 1) if ($ARGV[0] // "") eq "shutdown";
select(undef, undef, undef, $ARGV[1]) if $ARGV[1];
close $s;
END
chmod 644 /tmp/smtp.pl /tmp/blast.pl`;

export const mail = ( token: string, headers = '' ) => `${ headers }Subject: ${ token }\\nFrom: a@a.test\\n\\nx\\n`;
export const dialogue = ( token: string, { from = 'a@a.test', headers = '', helo = 'a' } = {} ) =>
	`EHLO ${ helo }\\nMAIL FROM:<${ from }>\\nRCPT TO:<you@example.org>\\nDATA\\n${ mail( token, headers ) }.\\n`;
export const forged = ( uid: number ) => `Received: by web1 (Postfix, from userid ${ uid })\\n\\tid ABCDEF; now\\n`;
export const send = ( text: string, options = 'you@example.org' ) => `printf '${ text }' | sendmail ${ options }`;
export const smtp = ( lines: string, host = '127.0.0.1', bind = '' ) =>
	`printf '${ lines }' | perl /tmp/smtp.pl ${ host } ${ bind }`;
const attached = ( token: string ) =>
	`Subject: ${ token }\\nMIME-Version: 1.0\\nContent-Type: message/rfc822\\n\\n${ forged(
		2002
	) }Subject: inner\\n\\nx\\n`;
export const ownFolder = 'mkdir -p /tmp/own.$$; cp /etc/postfix/main.cf /tmp/own.$$/';

const token = 'TOKEN';

/** Each a command of a shell that sends a mail with the word `TOKEN` in it. `other`: a user who may send. */
export const tricks = ( other: { uid: number; name: string; address: string } ): Record< string, string > => ( {
	'mail as usual': send( mail( token ) ),
	'-f with an address of the other': send( mail( token ), `-f ${ other.address } you@example.org` ),
	'-f with the name of the other': send( mail( token ), `-f ${ other.name } you@example.org` ),
	'-f <>': send( mail( token ), `-f '<>' you@example.org` ),
	'recipients from the headers': send( `To: you@example.org\\n${ mail( token ) }`, '-t' ),
	'a forged Received line of the other': send( mail( token, forged( other.uid ) ) ),
	'a first line that continues Postfix’s own': send( ` (Postfix, from userid ${ other.uid })\\n${ mail( token ) }` ),
	'an empty line first': send( `\\n${ token }\\n` ),
	'a From line of mbox first': send( `From other Mon Nov 30\\n${ mail( token ) }` ),
	'a NUL byte first': send( `\\000\\n${ mail( token ) }` ),
	'a header of 100,000 characters first': `{ printf 'X: '; head -c 100000 /dev/zero | tr '\\000' x; printf '\\n${ mail(
		token
	) }'; } | sendmail you@example.org`,
	'an attached mail': send( attached( token ) ),
	'options of a gateway (-G, -B)': send( mail( token ), '-G -B 8BITMIME -N never you@example.org' ),
	'sendmail -bs': send( `${ dialogue( token ) }QUIT\\n`, '-bs' ),
	'a configuration of one’s own (-C)': `${ ownFolder }; ${ send( mail( token ), '-C /tmp/own.$$ you@example.org' ) }`,
	'a configuration of one’s own (MAIL_CONFIG)': `${ ownFolder }; export MAIL_CONFIG=/tmp/own.$$; ${ send(
		mail( token )
	) }`,
	'a process that nobody waits for': `(setsid sh -c "printf '${ mail(
		token
	) }' | sendmail you@example.org" &) ; sleep 1`,
	'a namespace of users': `printf '${ mail( token ) }' | timeout 5 unshare -Ur sendmail you@example.org`,
	SMTP: smtp( dialogue( token ) ),
	'SMTP by IPv6': smtp( dialogue( token ), '::1' ),
	'SMTP by IPv4 in IPv6': smtp( dialogue( token ), '::ffff:127.0.0.1' ),
	'SMTP from another address of loopback': smtp( dialogue( token ), '127.0.0.1', '127.0.0.9' ),
	'SMTP to another address of loopback': smtp( dialogue( token ), '127.0.0.5' ),
	'SMTP as the other': smtp( dialogue( token, { from: other.address } ) ),
	'SMTP with MAIL FROM:<>': smtp( dialogue( token, { from: '' } ) ),
	'SMTP with a forged Received line': smtp( dialogue( token, { headers: forged( other.uid ) } ) ),
	'SMTP with attributes of the policy in HELO': smtp( dialogue( token, { helo: 'client_port=1' } ) ),
	'SMTP with attributes of the policy in the sender': smtp(
		dialogue( token, { from: '"client_address=192.0.2.1"@a.test' } )
	),
	'SMTP with XCLIENT': smtp(
		`EHLO a\\nXCLIENT ADDR=127.0.0.1 PORT=1\\nXFORWARD ADDR=192.0.2.1 SOURCE=LOCAL\\n${ dialogue( token ) }`
	),
	'SMTP, the second mail of a connection': smtp( `${ dialogue( 'first' ) }${ dialogue( token ) }` ),
	'SMTP with BDAT': `printf 'EHLO a\\nMAIL FROM:<a@a.test>\\nRCPT TO:<you@example.org>\\nBDAT 40 LAST\\nSubject: ${ token }                         \\n' | perl /tmp/blast.pl stay 2`,
	'SMTP all at once, and gone': `for i in 1 2 3 4 5; do printf '${ dialogue(
		token
	) }QUIT\\n' | perl /tmp/blast.pl; done`,
	'SMTP all at once, half closed': `printf '${ dialogue( token ) }QUIT\\n' | perl /tmp/blast.pl shutdown 2`,
	'SMTP from a namespace of users': `printf '${ dialogue( token ) }' | unshare -Ur perl /tmp/smtp.pl 127.0.0.1`,
	'SMTP to a name': smtp( dialogue( token ), 'localhost' ),
} );

/** What a user might do to let go of mail that is held already. */
export const lettingGo = [
	'postqueue -f',
	'for id in $(ls /var/spool/postfix/hold 2>/dev/null); do postqueue -i $id; done',
	'postsuper -H ALL',
	'sendmail -q',
	'postkick public qmgr FD',
	'kill $(pgrep -x spawn)',
	'kill $(pgrep -f email-gateway-submitter)',
	'echo "# paused:" >/usr/local/sbin/email-gateway-submitter',
];

/** What works for nobody, whoever is paused: Postfix refuses it, or the client does not wait to be told. */
export const worksForNobody = [
	'a configuration of one’s own (-C)',
	'a configuration of one’s own (MAIL_CONFIG)',
	'a namespace of users',
	'SMTP from a namespace of users',
	'SMTP to another address of loopback',
	'SMTP all at once, and gone',
	'SMTP all at once, half closed',
];
