// Only for tests
import type { Case, Cases } from './case.ts';

const from = '/undo';
const status = ( states: Record< string, string > ) =>
	Object.fromEntries(
		Object.entries( states ).map( ( [ name, state ] ) => [
			`dpkg-query -W -f \${db:Status-Status} ${ name }`,
			state,
		] )
	);
const changes = (
	name: string,
	added: string,
	removed: string,
	states: Record< string, string >,
	prints: string,
	commands: Record< string, string > = {}
): Case => ( {
	name,
	files: { [ `${ from }/added` ]: added, [ `${ from }/removed` ]: removed },
	commands: { ...status( states ), ...commands },
	run: `package_changes "$root${ from }"; echo "away$away purge$purge back$back"`,
	prints,
} );
const simulate = 'apt-get -s --no-install-recommends install';

export const removable: Cases = {
	of: [ 'packages', 'service', 'removable' ],
	cases: [
		changes(
			'what came goes, and what went comes back',
			'postfix not-installed\n',
			'exim4 manual\n',
			{ postfix: 'installed' },
			'away postfix purge postfix back exim4\n'
		),
		changes(
			'what came stays where somebody has made a firewall with it since',
			'nftables not-installed\n',
			'',
			{ nftables: 'installed' },
			'away purge back\n',
			{ 'dpkg --verify nftables': '??5?????? c /etc/nftables.conf\n' }
		),
		changes(
			'what had configuration before keeps it',
			'postfix config-files\n',
			'',
			{ postfix: 'installed' },
			'away postfix purge back\n'
		),
		changes(
			'of what is removed already its configuration is purged',
			'postfix not-installed\n',
			'',
			{ postfix: 'config-files' },
			'away purge postfix back\n'
		),
		changes(
			'what had been removed before keeps its configuration',
			'postfix config-files\n',
			'',
			{ postfix: 'config-files' },
			'away purge back\n'
		),
		changes( 'what is gone needs nothing', 'postfix not-installed\n', '', {}, 'away purge back\n' ),
		changes(
			'what is half unpacked goes',
			'postfix not-installed\n',
			'',
			{ postfix: 'half-configured' },
			'away postfix purge postfix back\n'
		),
		changes(
			'what is there again is not brought',
			'',
			'exim4 manual\ndma auto\n',
			{ exim4: 'installed' },
			'away purge back dma\n'
		),
		{ name: 'nothing is removable of nothing', run: "removable '' ''" },
		{
			name: 'what nothing else needs is removable at once',
			commands: {
				[ `${ simulate } exim4 postfix- ssl-cert-` ]: 'Remv postfix [3.7]\nRemv ssl-cert [1.1]\nInst exim4\n',
			},
			run: "removable 'postfix ssl-cert' exim4",
			prints: 'postfix ssl-cert\n',
		},
		{
			name: 'what something else needs stays',
			commands: {
				[ `${ simulate } postfix- ssl-cert-` ]: 'Remv postfix [3.7]\nRemv ssl-cert [1.1]\nRemv nginx [1]\n',
				[ `${ simulate } postfix-` ]: 'Remv postfix [3.7]\n',
				[ `${ simulate } ssl-cert-` ]: 'Remv ssl-cert [1.1]\nRemv nginx [1]\n',
			},
			run: "removable 'postfix ssl-cert' ''",
			prints: 'postfix\n',
		},
		{
			name: 'what apt refuses to take away stays',
			commands: { [ `${ simulate } postfix-` ]: { prints: 'E: held', code: 100 } },
			run: "removable postfix ''",
		},
		{
			name: 'a package of another architecture counts by its name',
			commands: { [ `${ simulate } postfix-` ]: 'Remv postfix:amd64 [3.7]\nPurg libsasl2-modules:amd64 [2]\n' },
			run: "removable 'postfix libsasl2-modules' '' || true; taken_along '' postfix",
			prints: 'postfix\npostfix\nlibsasl2-modules\n',
		},
		{ name: 'each of none is among any', run: "only_among 'a b' ''" },
		{
			name: 'a name that only begins like one is not among them',
			run: "only_among 'postfix-mysql' postfix",
			code: 1,
		},
		{
			name: 'apt is told what to bring and what to take',
			run: "give_back_arguments 'postfix ssl-cert' ' exim4 dma'",
			prints: ' exim4 dma postfix- ssl-cert-',
		},
		{ name: 'apt is told nothing where nothing changes', run: "give_back_arguments '' ''" },
	],
};
