import random
import sys

n=int(sys.argv[1]) if len(sys.argv)>1 else 1_000_000
random.seed(1)
w=sys.stdout.write
w("event_id,event_date,event_type,location,admin1,country,latitude,longitude,source,notes\n")
for i in range(n):
    lat="abc" if i%10000==9999 else "%.5f"%(39+random.random()*2)
    w("NK%07d,2023-%02d-%02d,Shelling,Stepanakert,,Azerbaijan,%s,%.5f,Agency,row %d\n"%(i,1+i%12,1+i%28,lat,45+random.random()*3,i))
