import socket
import sys
import time

host,port,sec=sys.argv[1],int(sys.argv[2]),float(sys.argv[3])
assert host in("127.0.0.1","localhost","::1")
b=b"event_id,event_date\n"*5000
s=socket.create_connection((host,port)); s.sendall(b"PUT /_stcore/upload_file/x/y HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"%len(b)); s.sendall(b[:len(b)//2]); time.sleep(sec); s.close()
