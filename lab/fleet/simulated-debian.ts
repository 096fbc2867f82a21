import { createHash } from 'node:crypto';

export interface SimulatedDebian {
	/** @param program the command line of one of our programs; @param input what it is given on stdin */
	run( program: string, input: Buffer ): { exitCode: number; stdout: string };
}

/** What an apply left there. */
interface Gateway {
	generation: number;
	mainCf: string;
	files: { path: string; mode: string; content: string }[];
	masterCf: string;
	marker: string;
	jobId: string;
}

const base64 = ( text: string ) => Buffer.from( text ).toString( 'base64' );
const decoded = ( text: string ) => Buffer.from( text, 'base64' ).toString();

/** What is wrong with all of a fleet; changed while it runs. */
export interface Weather {
	/** Where there is a gateway, so many messages wait. */
	waiting: number;
}

/** A Debian 12 without a mail system, on which an apply is believed and remembered. */
export function makeSimulatedDebian( index: number, weather: Weather = { waiting: 0 } ): SimulatedDebian {
	let gateway: Gateway | undefined;
	const programs: [ mark: string, run: ( input: string ) => string ][] = [
		[
			"echo 'facts 1'",
			( input ) => facts( { index, gateway, waiting: gateway ? weather.waiting : 0 }, input.trim() ),
		],
		[
			'setsid sh "$run/worker.sh"',
			( input ) => {
				gateway = applied( input );
				return told;
			},
		],
		[ 'ended ', () => 'ended 0 0\n' ],
	];
	return {
		run( command, input ) {
			const program = command.replaceAll( `'\\''`, "'" );
			const known = programs.find( ( [ mark ] ) => program.includes( mark ) );
			return known ? { exitCode: 0, stdout: known[ 1 ]( input.toString() ) } : { exitCode: 127, stdout: '' };
		},
	};
}

/** What facts.sh tells. */
function facts(
	{ index, gateway, waiting }: { index: number; gateway: Gateway | undefined; waiting: number },
	digestKey: string
): string {
	const name = `simulated-${ index }`;
	return [
		'facts 1',
		`clock ${ Math.floor( Date.now() / 1000 ) }`,
		`system_id ${ base64( 'debian' ) }`,
		`system_version ${ base64( '12' ) }`,
		`system_name ${ base64( 'Debian GNU/Linux 12 (bookworm)' ) }`,
		'systemd yes',
		`hostname ${ base64( name ) }`,
		`fqdn ${ base64( `${ name }.servers.test` ) }`,
		'root_store yes',
		`machine ${ createHash( 'sha256' ).update( name ).digest( 'hex' ) }`,
		`sendmail ${ gateway ? 'postfix' : 'none' }`,
		`candidate ${ base64( '3.7.11-0+deb12u1' ) }`,
		`generation ${ gateway?.generation ?? 0 }`,
		`queue ${ waiting }`,
		`stuck ${ waiting }`,
		...( gateway ? ofGateway( gateway, digestKey ) : [] ),
		'end',
		'',
	].join( '\n' );
}

function ofGateway( { generation, mainCf, masterCf, files, marker, jobId }: Gateway, digestKey: string ): string[] {
	const found = [
		{ path: '/etc/postfix/main.cf', mode: '0644', content: mainCf },
		{ path: '/etc/postfix/master.cf', mode: '0644', content: masterCf },
		...files,
	];
	return [
		...[ 'postfix', 'libsasl2-modules', 'ca-certificates', 'logrotate' ].map( ( name ) => `package ${ name } 1` ),
		`postfix_version ${ base64( '3.7.11' ) }`,
		'postfix_running yes',
		'postfix_enabled yes',
		'waiting_mail_kept yes',
		'listens 0100007F 0019',
		`parameters ${ base64( mainCf.replace( /^(#.*)?\n/gm, '' ) ) }`,
		`services ${ base64( masterCf.replace( /^(#.*)?\n/gm, '' ) ) }`,
		...found.map( ( { path, mode, content } ) => {
			const where = path.startsWith( '/' ) ? path : `/etc/postfix/gateway-${ generation }/${ path }`;
			const digest = createHash( 'sha256' ).update( digestKey ).update( content ).digest( 'hex' );
			return `file ${ where } ${ digest } ${ mode.slice( 1 ) } root`;
		} ),
		`marker ${ base64( marker ) }`,
		`last_job ${ jobId }`,
	];
}

/** Reads what payload.ts writes for start.sh. */
function applied( input: string ): Gateway {
	const [ head = '', ...lines ] = input.split( '\n' );
	const words = lines.map( ( line ) => line.split( ' ' ) );
	const all = ( name: string ) => words.filter( ( [ first ] ) => first === name ).map( ( [ , ...rest ] ) => rest );
	const word = ( name: string ) => all( name )[ 0 ]?.[ 0 ] ?? '';
	return {
		jobId: head.split( ' ' )[ 0 ] ?? '',
		generation: Number( word( 'generation' ) ),
		mainCf: decoded( word( 'main' ) ),
		files: all( 'file' ).map( ( [ path = '', mode = '', content = '' ] ) => ( {
			path,
			mode,
			content: decoded( content ),
		} ) ),
		masterCf: decoded( word( 'master' ) ),
		marker: decoded( word( 'marker' ) ),
	};
}

/** The steps of an apply that went well. */
const told = [
	...[ 'snapshot', 'packages', 'configuration', 'service', 'verify', 'commit' ].flatMap( ( step, at ) => [
		`${ at * 2 + 1 } started ${ step }`,
		`${ at * 2 + 2 } finished ${ step }`,
	] ),
	'result done',
	'',
].join( '\n' );
