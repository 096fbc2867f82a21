import { mustHold, type Fault } from '../fault.ts';
import { faultOnServer } from '../on-a-server.ts';
import { mustSucceed, type Patient } from '../patient.ts';

const aptInstall = ( names: string ) =>
	`DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install ${ names } >/dev/null 2>&1`;
const aptUpdate = 'apt-get -q update >/dev/null 2>&1';

/** A mail system that sites send with through a small program, as servers without a queue have it. */
const replaced = (
	name: string,
	configuration: string,
	change = `printf '# of its administrator\\nhost old.example\\n' >>${ configuration }`
) =>
	faultOnServer( {
		name: name.replace( /-/g, '_' ),
		goesWrong: `${ name } is installed and configured`,
		arrange: async ( { shell } ) => {
			await shell( `${ aptUpdate }; ${ aptInstall( name ) }; ${ change }` );
		},
		expect: 'installed',
		// sendmail writes the date of its installation into it
		mayDiffer: / \.\/cron\.d\/sendmail$/,
		afterwards: async ( { shell } ) => {
			const owner = await shell( 'dpkg -S "$(readlink -f /usr/sbin/sendmail)"' );
			mustHold( owner.startsWith( `${ name.replace( '-mta', '' ) }` ), `sendmail is ${ owner }` );
			return 'restored with its configuration';
		},
	} );

const foreign = `${ aptUpdate }
echo 'postfix postfix/main_mailer_type select Internet Site' | debconf-set-selections
echo 'postfix postfix/mailname string old.example' | debconf-set-selections
${ aptInstall( 'postfix' ) }
postconf -e 'relayhost = [mail.old.example]:2526' 'inet_interfaces = loopback-only' 'mynetworks = 127.0.0.0/8'
printf '/^X-Old:/ IGNORE\\n' >/etc/postfix/old_checks
systemctl restart postfix`;

/** Mail that waited in the foreign Postfix goes on waiting: it is neither lost nor left behind. */
async function waitsInPostfix( { shell }: Patient ): Promise< void > {
	await shell( `printf 'Subject: waited-before\\n\\nx\\n' | sendmail -f old@old.example you@example.org
	for i in $(seq 50); do find /var/spool/postfix/deferred -type f | grep -q . && break; sleep 0.2; done` );
}

/** By a click, once: what exim had in its queue goes out through the gateway, but for notices. */
const formerQueue: Fault = {
	name: 'former_queue_delivered',
	goesWrong: 'exim4 leaves three messages and a notice in its queue; then Deliver Former Mail, twice',
	async run( world ) {
		const patient = await world.freshServer();
		const { gateway, provider, shell } = patient;
		await shell( `${ aptUpdate }; ${ aptInstall( 'exim4-daemon-light' ) }; systemctl stop exim4
		for n in 1 2 3; do printf "Subject: former $n\\n\\n.\\nx\\n" | exim4 -odq -i -f old@example.com "you$n@example.org"; done
		printf 'Subject: former notice\\n\\nx\\n' | exim4 -odq -i -f '<>' you@example.org` );
		mustSucceed( await patient.install( { password: await provider.newPassword() } ), 'The install' );
		const ended = await gateway.ended( await gateway.beginDeliverFormer() );
		mustSucceed( ended, 'The delivery' );
		const { result } = ended.job;
		mustHold(
			result?.verb === 'deliver_former_mail' && result.handed === 3 && result.notices === 1 && result.left === 1,
			`It told ${ JSON.stringify( result ) }`
		);
		for ( const subject of [ 'former 1', 'former 2', 'former 3' ] ) {
			await patient.arrives( subject );
		}
		const again = await gateway.ended( await gateway.beginDeliverFormer() );
		mustHold( again.job.result?.verb === 'deliver_former_mail' && again.job.result.handed === 0, 'It went twice.' );
		mustSucceed( await patient.remove(), 'The removal' );
		const left = await shell( 'exim4 -bpc' );
		mustHold( left.trim() === '1', `exim4’s queue has ${ left } messages.` );
		return 'three arrived, each once; the notice is still in exim4’s queue after Remove';
	},
};

export const mailSystemFaults = [
	faultOnServer( {
		name: 'exim4_with_queue',
		goesWrong: 'exim4 is the mail system, configured by hand, with mail in its queue',
		arrange: async ( { shell } ) => {
			await shell( `${ aptUpdate }; ${ aptInstall( 'exim4-daemon-light' ) }
			echo '# changed by its administrator' >>/etc/exim4/exim4.conf.template
			# its daemon tries all that waits when it starts: only what is frozen goes on waiting
			printf 'Subject: waited-in-exim\\n\\nx\\n' | exim4 -odq -f root nobody@example.org
			exim4 -Mf $(exim4 -bp | awk '/</ { print $3 }') >/dev/null
			exim4 -bp | grep -q frozen` );
		},
		expect: 'installed',
		async afterwards( { shell } ) {
			const waiting = await shell( 'exim4 -bp' );
			mustHold( waiting.includes( 'nobody@example.org' ), 'The message in exim4’s queue is lost.' );
			return 'restored with its configuration, the message still in its queue';
		},
	} ),
	replaced( 'ssmtp', '/etc/ssmtp/ssmtp.conf' ),
	replaced( 'msmtp-mta', '/etc/msmtprc' ),
	// scripts of their packages make these, so that dpkg does not know them
	replaced(
		'sendmail-bin',
		'/etc/mail/sendmail.cf',
		`printf '\\nO MaxMessageSize=1234\\n' | tee -a /etc/mail/sendmail.cf >>/etc/mail/submit.cf`
	),
	replaced( 'dma', '/etc/dma/dma.conf', `echo 'SMARTHOST mail.old.example' >>/etc/dma/dma.conf` ),
	replaced( 'nullmailer', '/etc/nullmailer/remotes', `echo 'mail.old.example smtp' >/etc/nullmailer/remotes` ),
	formerQueue,
	faultOnServer( {
		name: 'foreign_postfix',
		goesWrong: 'A Postfix that someone configured, with a message that waits',
		isSample: true,
		arrange: async ( patient ) => {
			await patient.shell( foreign );
			await waitsInPostfix( patient );
		},
		expect: { code: 'foreign_postfix', changed: 'nothing' },
		healedWishes: { consents: [ 'replace_foreign_postfix' ] },
		async afterwards( { provider, shell } ) {
			const came = ( await provider.messages() ).filter( ( { subject } ) => subject === 'waited-before' ).length;
			mustHold( came === 1, `The message that waited arrived ${ came } times.` );
			mustHold(
				( await shell( 'postconf -h relayhost' ) ) === '[mail.old.example]:2526\n',
				'Its relayhost was not restored.'
			);
			return 'agreed to, its waiting message went out, and its configuration was restored';
		},
	} ),
	faultOnServer( {
		name: 'panel',
		goesWrong: 'A control panel owns the mail of the server',
		arrange: async ( { shell } ) => void ( await shell( 'mkdir -p /usr/local/psa' ) ),
		expect: { code: 'panel_found', changed: 'nothing' },
		heal: async ( { shell } ) => void ( await shell( 'rmdir /usr/local/psa' ) ),
	} ),
	faultOnServer( {
		name: 'no_own_name',
		goesWrong: 'The server’s own name does not resolve, and no name server answers',
		arrange: async ( { shell } ) => {
			await shell( `sed -i '/127.0.1.1/d' /etc/hosts; echo 'nameserver 127.0.0.9' >/etc/resolv.conf` );
		},
		expect: 'installed',
	} ),
	faultOnServer( {
		name: 'no_systemd',
		goesWrong: 'The server has no systemd: sshd is all that runs',
		withoutSystemd: true,
		expect: 'installed',
	} ),
];
