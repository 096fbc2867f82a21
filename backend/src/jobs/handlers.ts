import { capSite } from './cap-site.ts';
import { changeQueue } from './change-queue.ts';
import { checkConnection } from './check-connection.ts';
import { checkRoute } from './check-route.ts';
import { checkSettings } from './check-settings.ts';
import type { Done, JobContext, VerbOf } from './context.ts';
import { deliverFormerMail } from './deliver-former-mail.ts';
import { deliverWaitingMail } from './deliver-waiting-mail.ts';
import { findSettings } from './find-settings.ts';
import { installGateway } from './install-gateway.ts';
import { pauseSite, resumeSite } from './pause-site.ts';
import { previewChanges } from './preview-changes.ts';
import { readQueue } from './read-queue.ts';
import { removeGateway } from './remove-gateway.ts';
import type { JobRequest } from './request.ts';
import { removeRoute, routeOthers, setRoute, updateRoutes } from './change-routes.ts';
import { changeDoors, previewDoors } from './change-doors.ts';
import { turnOffSandbox, turnOnSandbox } from './change-sandbox.ts';
import { previewSandbox } from './preview-sandbox.ts';
import { sendTestEmail } from './send-test-email.ts';

const handlers: { [ Name in JobRequest[ 'verb' ] ]: VerbOf< Extract< JobRequest, { verb: Name } > > } = {
	check_connection: checkConnection,
	preview_changes: previewChanges,
	check_settings: checkSettings,
	find_settings: findSettings,
	install_gateway: installGateway,
	send_test_email: sendTestEmail,
	deliver_waiting_mail: deliverWaitingMail,
	deliver_former_mail: deliverFormerMail,
	read_queue: readQueue,
	change_queue: changeQueue,
	pause_site: pauseSite,
	resume_site: resumeSite,
	preview_sandbox: previewSandbox,
	preview_doors: previewDoors,
	change_doors: changeDoors,
	check_route: checkRoute,
	set_route: setRoute,
	update_routes: updateRoutes,
	remove_route: removeRoute,
	route_others: routeOthers,
	turn_on_sandbox: turnOnSandbox,
	turn_off_sandbox: turnOffSandbox,
	cap_site: capSite,
	remove_gateway: removeGateway,
};

/** Runs the verb a job names. */
export function runVerb( context: JobContext ): Promise< Done > {
	const { request } = context.job;
	return ( handlers[ request.verb ] as VerbOf< JobRequest > )( context, request );
}
