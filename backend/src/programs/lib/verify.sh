# shellcheck shell=sh disable=SC2034,SC2154
# Whether Postfix does what it was told.

# by what Postfix itself reads and does
verify() {
	begin verify
	until_within 60 answers_and_logs || fail verify_failed reason "no answer on loopback or no mail log" output "$(tail -n 8 "$mail_log" 2>/dev/null)"
	listens_right || fail verify_failed reason 'Postfix listens beyond loopback' output "$(listening)"
	passwords=$root$folder/sasl_passwd
	{ decoded credential; echo; } >"$run/credential"
	postmap -q "$relayhost" "texthash:$passwords" | cmp -s - "$run/credential" || fail verify_failed reason 'credential not read back as given'
	[ "$(stat -c %a:%U "$passwords")" = 600:root ] || fail verify_failed reason 'permissions of the credential'
	[ "$(postconf -h relayhost)" = "$relayhost" ] || fail verify_failed reason relayhost
	decoded master | cmp -s - "$root/etc/postfix/master.cf" || fail verify_failed reason master.cf
	finish
}
answers_and_logs() { listening | grep -qx '0100007F:0019' && [ -s "$mail_log" ]; }
