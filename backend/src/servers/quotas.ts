import { GatewayError } from '../errors.ts';

const testsAnHour = 10;
/** Of one person at a site: a provider is no place to try passwords, nor one's quota a toy. */
const jobsAnHour = 30;
/** By everybody at a site. More than one person's, or they would learn by their last one that someone else tried it. */
const jobsAnAccount = 60;

/** Of the last hour. Errors: too_many_requests, with how many one person may ask for. */
export function refuseManyJobs( recent: { ofPerson: number; ofAccount: number } ): void {
	if ( recent.ofPerson >= jobsAnHour || recent.ofAccount >= jobsAnAccount ) {
		throw new GatewayError( 'too_many_requests', { anHour: jobsAnHour } );
	}
}

/** A receiver is no place to send to without end: to one channel, of one person to all, and of everybody at a site. */
const testAlertsAnHour = { toChannel: 10, ofPerson: 30, ofSite: 60 };

/** Of the last hour; `byAll`: 0 where others do not count. Errors: too_many_requests. */
export function refuseManyTestAlerts( recent: { toChannel: number; byPerson: number; byAll: number } ): void {
	if ( recent.toChannel >= testAlertsAnHour.toChannel ) {
		throw new GatewayError( 'too_many_requests', { anHour: testAlertsAnHour.toChannel } );
	}
	if ( recent.byPerson >= testAlertsAnHour.ofPerson || recent.byAll >= testAlertsAnHour.ofSite ) {
		throw new GatewayError( 'too_many_requests', { anHour: testAlertsAnHour.ofPerson } );
	}
}

/** Of a server, in the last hour. Errors: test_mails_exhausted. */
export function refuseManyTests( recent: number ): void {
	if ( recent >= testsAnHour ) {
		throw new GatewayError( 'test_mails_exhausted', { anHour: testsAnHour } );
	}
}
