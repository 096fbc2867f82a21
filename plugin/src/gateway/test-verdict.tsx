import { useEffect } from '@wordpress/element';
import { speak } from '@wordpress/a11y';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { TestResult } from '@email-gateway/shared';
import { Actions } from '../ui/card.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Pill } from '../ui/pill.tsx';
import { RawText } from '../ui/raw-text.tsx';
import { deliveryWords } from '../words/causes.ts';
import { routeAccountTodo } from '../words/route-account.ts';
import { outcomePill, verdictWords } from '../words/states.ts';
import { sandboxTestWords } from '../words/sandbox.ts';
import { duration, fullTime, relativeTime } from '../words/time.ts';
import { TestedAs } from './opened-later.ts';
import { RemedyButton } from './remedy-button.tsx';
import { remedyFor, type Remedy } from './remedy.ts';

/** Undefined where there is no form that could do it. */
export interface RemedyProps {
	onRemedy: ( ( remedy: Remedy ) => void ) | undefined;
}

interface TestVerdictProps {
	test: TestResult & { at: string | null };
	/** It became known in this visit, so it is announced. */
	news: boolean;
	/** What to do, in place of our usual words. */
	advice?: string | undefined;
}

/** Accepted, waiting or refused: by whom, why, and what to do. The server's root can forge all of it, so its log is named. */
export function TestVerdict( { test, news, advice, onRemedy }: TestVerdictProps & RemedyProps ) {
	const { outcome, diagnosis, answerMs, at, log, sentAs, heldBy } = test;
	const { word, tone } = outcomePill( outcome );
	// an account of a route is no setting of the gateway
	const ofRoute = sentAs?.hasRoute === true;
	const remedy = ofRoute ? null : remedyFor( diagnosis.cause );
	const { happened, todo } = deliveryWords( diagnosis.cause, outcome );
	const ofAccount = ofRoute ? routeAccountTodo( diagnosis.cause, sentAs?.account ?? null ) : null;
	useEffect( () => {
		if ( news ) {
			speak( heldBy ? word : `${ word }. ${ happened }`, 'polite' );
		}
	}, [ news, word, happened, heldBy, at ] );
	return (
		<div className={ `email-gateway-verdict is-${ tone }` } data-test-outcome={ outcome }>
			<p>
				<Pill word={ verdictWords( outcome, duration( answerMs ) ) } tone={ tone } />{ ' ' }
				{ at && (
					<span className="email-gateway-quiet" title={ fullTime( at ) }>
						{ relativeTime( at ) }
					</span>
				) }
			</p>
			{ ( sentAs || heldBy ) && <TestedAs { ...test } /> }
			{ test.sandbox && <p>{ sandboxTestWords( test.sandbox ) }</p> }
			{ outcome !== 'accepted' && ! heldBy && (
				<p>
					<strong>{ happened }</strong> { meanings[ outcome ]() }
				</p>
			) }
			{ diagnosis.reply && (
				<p>
					<q className="email-gateway-reply">{ diagnosis.reply }</q>
				</p>
			) }
			<p className="email-gateway-quiet">
				{
					/* translators: %s: the steps of the message's way, with arrows between them */
					sprintf( __( 'From the server’s log: %s', 'email-gateway' ), routeOf( test ) )
				}
			</p>
			{ ! heldBy && <p>{ advice ?? ofAccount ?? todo }</p> }
			{ remedy && onRemedy && (
				<Actions>
					<RemedyButton remedy={ remedy } onClick={ onRemedy } />
				</Actions>
			) }
			{ log.length > 0 && (
				<Disclosure summary={ __( 'The server’s log', 'email-gateway' ) }>
					<RawText label={ __( 'The server’s log', 'email-gateway' ) }>{ log.join( '\n' ) }</RawText>
				</Disclosure>
			) }
		</div>
	);
}

const meanings: Record< TestResult[ 'outcome' ], () => string > = {
	accepted: () => '',
	waiting: () => __( 'Nothing is lost: the message waits on the server and is tried again.', 'email-gateway' ),
	refused: () => __( 'This message will not be tried again.', 'email-gateway' ),
	elsewhere: () => __( 'The server delivered it another way, so it may have arrived.', 'email-gateway' ),
	held: () => '',
	sandboxed: () => __( 'The provider was not asked, so this says nothing of the login.', 'email-gateway' ),
};

/** `handed over in 14 ms → queued as 4jYG… → TLSv1.3 smtp.example.com`. */
function routeOf( { handOverMs, queueId, tlsVersion, certificateName, relay }: TestResult ): string {
	const handedOver = sprintf(
		/* translators: %s: a duration */
		_x( 'handed over in %s', 'step of the way of a message', 'email-gateway' ),
		duration( handOverMs )
	);
	/* translators: %s: id of a message in the queue */
	const queued = sprintf( _x( 'queued as %s', 'step of the way of a message', 'email-gateway' ), queueId );
	const secured = [ tlsVersion, certificateName ].filter( Boolean ).join( ' ' );
	return [ handedOver, queued, secured, relay ].filter( Boolean ).join( ' → ' );
}
