# shellcheck shell=sh disable=SC2154
# Owners and permissions of Postfix as its package gives them.

# What lies in maildrop is of who handed it over, in private also of others.
give_rights() {
	for path in "$root/usr/sbin/postdrop" "$root/usr/sbin/postqueue"; do
		is_granted "$path" root -2010 || { chown root:postdrop "$path" && chmod 2555 "$path"; } || return 1
	done
	for name in active bounce corrupt defer deferred flush hold incoming saved trace; do
		[ ! -d "$spool/$name" ] || find "$spool/$name" ! -user postfix -exec chown -h postfix {} + || return 1
	done
	# the first start makes what is not there yet
	[ ! -d "$spool/private" ] || chown postfix "$spool/private" || return 1
	give_folder maildrop -030 1730 && give_folder public -010 2710
}
give_folder() { # NAME BITS MODE
	[ ! -d "$spool/$1" ] || is_granted "$spool/$1" postfix "$2" || {
		chown postfix:postdrop "$spool/$1" && chmod "$3" "$spool/$1"
	}
}
