# The guest as a servant of the runner: each line on the console is "ID COMMAND". A command runs beside the others; its
# output goes to DIR/ID.out, and "@ID STATUS" on the console says that it has ended. "end" ends the guest.
stty -echo < /dev/console
echo "@ready 0"
while read -r id command; do
  [ "$id" = end ] && break
  (
    eval "$command" > "$DIR/$id.out" 2>&1 < /dev/null
    status=$?
    sync -d "$DIR/$id.out"
    echo "@$id $status"
  ) &
done
