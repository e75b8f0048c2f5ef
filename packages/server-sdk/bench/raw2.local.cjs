const s=require('sqlite3');const db=new s.Database('/tmp/r/10m.db');
const U="did:abt:user-0";const END=Date.UTC(2026,10,22,10,20);const H=3600000;
const A=END-30*86400000;
const F='user_did,app_did,provider,model,type,status,started_at_ms,duration_us,ttfb_us,input_tokens,output_tokens,total_tokens,cast(credits_e8 as text)'.split(',');
const names=F.map((f,i)=>'c'+i);
const q=(idx)=>{const cols=idx.map(i=>`${F[i]} as c${i}`).join(',');const one=(a,b)=>`select ${cols} from model_calls where user_did='${U}' and started_at_ms>=${a} and started_at_ms<${b}`;
return `select (select json_group_array(json_array(${idx.map(i=>'c'+i)})) from (${one(A,A+2400000)} union all ${one(END-1200000,END)})) as calls`};
const flat=(idx)=>{const one=(a,b)=>`select json_array(${idx.map(i=>F[i])}) as j from model_calls where user_did='${U}' and started_at_ms>=${a} and started_at_ms<${b}`;return `select '['||group_concat(j,',')||']' as calls from (${one(A,A+2400000)} union all ${one(END-1200000,END)})`};
const all=F.map((_,i)=>i);
const qs={all:q(all),noUser:q(all.slice(1)),total:q([4,5,6,7,8,9,10,11,12]),flat:flat(all.slice(1)),flatTotal:flat([4,5,6,7,8,9,10,11,12]), count:`select count(duration_us) from model_calls where user_did='${U}' and started_at_ms>=${A} and started_at_ms<${A+2400000}`};
db.exec('pragma cache_size=-32000;pragma temp_store=MEMORY',async()=>{
 for(const [n,sql] of Object.entries(qs)){const ts=[];let len;for(let i=0;i<15;i++){const t=performance.now();const r=await new Promise(r=>db.all(sql,(e,rows)=>{if(e)throw e;r(rows)}));len=r[0].calls&&r[0].calls.length;ts.push(performance.now()-t);}ts.sort((a,b)=>a-b);console.log(n,ts[7].toFixed(2),len);}
});
