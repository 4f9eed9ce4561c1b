"""A session of Netmiko's cisco_ios driver; every step prints what it saw. Arguments: port, user, password, enable secret."""

import sys

from netmiko import ConnectHandler, SSHDetect

port, user, password, secret = sys.argv[1:]
device = {
    "host": "127.0.0.1",
    "port": int(port),
    "username": user,
    "password": password,
    "secret": secret,
    "timeout": 20,
}

connection = ConnectHandler(device_type="cisco_ios", **device)
print("prompt:", connection.find_prompt())
connection.enable()
print("enabled:", connection.check_enable_mode())
print("privilege:", connection.send_command("show privilege"))
connection.send_config_set(["interface Loopback7", "description made by netmiko"])
print("saved:", "[OK]" in connection.save_config())
print("kept:", "description made by netmiko" in connection.send_command("show startup-config"))
connection.disconnect()
print("type:", SSHDetect(device_type="autodetect", **device).autodetect())
