import type { Server } from '../servers/server.ts';
import { execInServer } from '../servers/ssh.ts';

/** Where a run on a server is stopped: at the start of a step, or when this program runs within it. */
export interface Moment {
	step: string;
	program?: string;
	/** And this path is no more. */
	gone?: string;
}

export const sayMoment = ( { step, program, gone }: Moment ) =>
	[ step, ...( program ? [ `(${ program })` ] : [] ), ...( gone ? [ `(${ gone } gone)` ] : [] ) ].join( ' ' );

/**
 * Waits for the detached run, then for its moment, and stops all its processes there. Each look takes a few
 * milliseconds, so that a short step is not missed; one that was missed is said, never taken for met.
 */
const watcher = `use strict; use warnings;
my ( $step, $program, $gone ) = @ARGV;
my $end = time + 150;
my ( $pid, $log );
sub slurp { open( my $file, '<', $_[0] ) or return ''; local $/; my $text = <$file>; return defined $text ? $text : ''; }
while ( time < $end ) {
	if ( !$pid ) {
		for my $folder ( glob '/proc/[0-9]*' ) {
			next unless slurp( "$folder/cmdline" ) =~ m{^sh\\0/run/email-gateway/worker\\.sh\\0([^\\0]+)};
			my $job = $1;
			my ( $candidate ) = $folder =~ m{(\\d+)$};
			if ( getpgrp( $candidate ) == $candidate ) { $pid = $candidate; $log = "/var/lib/email-gateway/job.$job/log"; last; }
		}
	} elsif ( !-e "/proc/$pid" ) {
		print "missed\\n"; exit;
	} elsif ( slurp( $log ) =~ /^\\d+ started \\Q$step\\E( |$)/m && ( !$program || runs() ) && ( !$gone || !-e $gone ) ) {
		kill 'STOP', -$pid;
		select undef, undef, undef, 0.1;
		my @lines = split /\\n/, slurp( $log );
		print "frozen $pid $lines[-1]\\n"; exit;
	}
	select undef, undef, undef, 0.003;
}
print "never\\n";
sub runs {
	for my $folder ( glob '/proc/[0-9]*' ) {
		my ( $candidate ) = $folder =~ m{(\\d+)$};
		return 1 if slurp( "$folder/comm" ) eq "$program\\n" && getpgrp( $candidate ) == $pid;
	}
	return 0;
}
`;

/** A run that stands still in the middle of a step. */
export interface FrozenRun {
	thaw(): Promise< void >;
}

/** Resolves when the next detached run on the server stands at the moment. Throws when it passed it, or never came. */
export async function freezeAt( server: Server, moment: Moment ): Promise< FrozenRun > {
	const { step, program = '', gone = '' } = moment;
	const { stdout } = await execInServer( server, `exec perl - '${ step }' '${ program }' '${ gone }'`, {
		input: watcher,
	} );
	const [ said, pid = '', , phase, at ] = stdout.trim().split( ' ' );
	if ( said !== 'frozen' || phase !== 'started' || at !== step ) {
		throw new Error( `No run stood still at ${ sayMoment( moment ) }: ${ stdout.trim() || 'nothing was said' }.` );
	}
	return {
		async thaw() {
			await execInServer( server, `kill -CONT -- -${ Number( pid ) }` );
		},
	};
}
