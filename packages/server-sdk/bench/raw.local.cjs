const s=require('sqlite3');const db=new s.Database('/tmp/r/10m.db');
const U="did:abt:user-0";const D=Array.from({length:29},(_,i)=>498000+24*i).join(',');const H=[...Array.from({length:13},(_,i)=>497987+i),...Array.from({length:10},(_,i)=>498696+i)].join(',');
const part=(cols,s)=>`select ${cols} from model_call_stats where user_did='${U}' and granularity=2 and bucket in (${D}) and scope=${s} union all select ${cols} from model_call_stats where user_did='${U}' and granularity=3 and bucket in (${H}) and scope=${s}`;
const qs={
 active:`select json_group_array(json_array(b,app_id)) from (select min(bucket) b, app_id from (${part('bucket,app_id',2)}) group by app_id)`,
 activeDistinct:`select json_group_array(app_id) from (${part('app_id',2).replace('union all','union')})`,
 distinctOuter:`select json_group_array(app_id) from (select distinct app_id from (${part("app_id",2)}))`,
 count:`select count(*) from (${part('app_id',2)})`,
 sumcalls:`select sum(calls) from (${part('calls',2)})`,
 modelsAll:`select json_group_array(json_array(model_id,c,d)) from (select model_id, sum(calls) c, group_concat(durations,'') d from (${part('model_id,calls,durations',1)}) group by model_id)`,
 models:`select json_group_array(json_array(model_id,c)) from (select model_id, sum(calls) c from (${part('model_id,calls',1)}) group by model_id)`,
};
db.exec('pragma cache_size=-32000;pragma temp_store=MEMORY',async()=>{
 for(const [n,q] of Object.entries(qs)){const ts=[];for(let i=0;i<9;i++){const c=process.cpuUsage();const t=performance.now();await new Promise(r=>db.all(q,(e,rows)=>{if(e)throw e;r(rows)}));ts.push([performance.now()-t,(process.cpuUsage(c).user)/1000]);}ts.sort((a,b)=>a[0]-b[0]);console.log(n,ts[4].map(x=>x.toFixed(1)));}
});
