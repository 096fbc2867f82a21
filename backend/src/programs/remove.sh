# shellcheck shell=sh disable=SC2154,SC2034
# Gives back what was there before the first install. After worker.sh and restore.sh.
# Payload line: waiting refuse|save. Once it has begun to give back it always goes on, also after a crash.
state=/var/lib/email-gateway
payload=/run/email-gateway/payload
waiting=$(sed -n 's/^waiting //p' $payload | head -n 1)

if [ -d $state/undo ]; then
	begin repair
	restore $state/undo || result 'failed undo_incomplete unknown' reason "$restore_problem" output "$(last_output)"
	forget $state/undo
	finish
fi
rm -rf $state/undo.old $state/origin.old
if [ ! -d $state/origin ]; then
	[ -e "$here/given_back" ] || result 'failed gateway_not_installed nothing'
	# all was done already, and the power went before that was told
	current=restore
	finish
	{ IFS= read -r restored; IFS= read -r saved_queue; } <"$here/given_back"
	result 'done' restored "$restored"
fi

back=''
while IFS=' ' read -r name _; do
	is_installed "$name" || back="$back $name"
done <$state/origin/removed

if [ ! -e $state/removing ]; then
	begin snapshot
	if [ "$(queue_size)" -gt 0 ] && [ "$waiting" != save ]; then
		fail mail_waiting waiting "$(queue_size)" held "$(held_size)"
	fi
	if [ -n "$back" ]; then
		# what is given back must be at hand before anything is taken away
		# shellcheck disable=SC2086 # a list of package names
		fetch -d install $back || { fetch update && fetch -d install $back; } || package_problem packages_unavailable
	fi
	rehearse $state/origin
	check_cancel
	service_do stop
	if [ "$(queue_size)" -gt 0 ] && [ "$waiting" != save ]; then
		service_do start
		fail mail_waiting waiting "$(queue_size)" held "$(held_size)"
	fi
	finish
	printf '%s\n' "$saved_queue" >$state/removing
	sync -f $state
fi

current=restore # too late to cancel
event started restore
# where a call that was cut off saved the queue: it has told no one
saved_queue=$(cat $state/removing)
[ -d "$saved_queue" ] || saved_queue=''
stop_and_fail() {
	event failed restore "$@"
	result 'failed undo_incomplete unknown' "$@" output "$(last_output)"
}
# a Postfix that stays keeps its spool: what waits in it is saved all the same, and leaves with its provider
if [ "$(queue_size)" -gt 0 ]; then
	is_running && service_do stop
	save_queue || stop_and_fail reason 'queue not saved'
	grep -q '^postfix ' $state/origin/added || postsuper -d ALL
fi
restore $state/origin || stop_and_fail reason "$restore_problem"
restored=$(cat $state/origin/provider)
rm -rf /var/log/email-gateway $state/waiting
printf '%s\n' "$restored" "$saved_queue" >"$here/given_back"
sync -f "$here"
# the origin last: as long as it is there, this can be repeated
rm -f $state/marker $state/removing
forget $state/origin
finish
result 'done' restored "$restored"
