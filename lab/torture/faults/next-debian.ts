import { setTimeout as pause } from 'node:timers/promises';
import { mustHold, type Fault } from '../fault.ts';
import { mustSucceed, type Patient } from '../patient.ts';

const longestMs = 15 * 60_000;

/** As its administrator would, but for the questions: what was changed by hand stays as it is. */
const upgrade = `cat >/root/upgrade.sh <<'END'
sed -i 's/bookworm/trixie/g' /etc/apt/sources.list.d/debian.sources
export DEBIAN_FRONTEND=noninteractive
apt-get -q update &&
	apt-get -q -y -o Dpkg::Options::=--force-confold upgrade --without-new-pkgs &&
	apt-get -q -y -o Dpkg::Options::=--force-confold full-upgrade
echo "ended with $?"
END
setsid sh /root/upgrade.sh >/root/upgrade.out 2>&1 </dev/null &`;

/** sshd is replaced on the way: a question that is not answered is asked again. */
async function untilUpgraded( { shell }: Patient ): Promise< void > {
	const giveUpAt = Date.now() + longestMs;
	for (;;) {
		const last = await shell( 'tail -n 1 /root/upgrade.out' ).catch( () => '' );
		if ( last.startsWith( 'ended with' ) ) {
			const words = last.trim() === 'ended with 0' ? '' : await shell( 'tail -n 30 /root/upgrade.out' );
			mustHold( words === '', `The upgrade failed: ${ words }` );
			return;
		}
		mustHold( Date.now() < giveUpAt, `The upgrade did not end within ${ longestMs / 60_000 } minutes.` );
		await pause( 3000 );
	}
}

const nextDebian: Fault = {
	name: 'next_debian',
	goesWrong: 'Debian 12 becomes Debian 13 in place while mail waits for a right password; then Reinstall and Remove',
	async run( world ) {
		const patient = await world.freshServer( { kind: 'debian12' } );
		const { provider, shell } = patient;
		const version = async () => ( await shell( 'postconf -h mail_version' ) ).trim();
		mustSucceed( await patient.install( { password: await provider.newPassword() } ), 'The install' );
		const before = await version();
		const password = await provider.newPassword();
		const waits = [ await patient.send(), await patient.send() ];
		await shell( upgrade );
		await untilUpgraded( patient );
		const after = await version();
		mustHold( after !== before, `Postfix is still ${ before }.` );
		await patient.reboot();
		waits.push( await patient.send() );
		const taken = mustSucceed( await patient.install( { password } ), 'Reinstall' );
		for ( const subject of waits ) {
			await patient.arrives( subject );
		}
		const again = await patient.install( {} );
		mustHold(
			again.job.result?.verb === 'install_gateway' && again.job.result.alreadyRight,
			'A second Reinstall found something to do.'
		);
		await patient.arrives( await patient.send() );
		mustSucceed( await patient.remove(), 'The removal' );
		return `Postfix ${ before } became ${ after }; Reinstall ${ taken }, the three messages that waited arrived once each, Remove went through`;
	},
};

export const nextDebianFaults = [ nextDebian ];
