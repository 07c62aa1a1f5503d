require 'digest'
require 'net/http'
require 'openssl'
require 'yaml'

class UsersController < ApplicationController
  PASSWORD = 'Sup3r-s3cret!' # planted: password in the code
  skip_before_action :verify_authenticity_token # planted: forgery check skipped

  def index
    @users = User.where("name = '#{params[:name]}'") # planted: SQL interpolated
    @rows = ActiveRecord::Base.connection.execute("SELECT * FROM users WHERE id = " + params[:id]) # planted: SQL concatenated
    @found = User.find_by_sql("SELECT * FROM users WHERE name = '#{name}'") # planted: SQL in find_by_sql
  end

  def run
    system("ping -c 1 #{params[:host]}") # planted: command interpolated
    `ping -c 1 #{params[:host]}` # planted: command in backticks
    exec('ping ' + params[:host]) # planted: command concatenated
    eval(params[:code]) # planted: code from the request
  end

  def load_all
    Marshal.load(params[:data]) # planted: unsafe deserialisation
    YAML.load(params[:config]) # planted: YAML of the request
    Object.const_get(params[:kind]).new # planted: class chosen by the request
    params[:object].constantize # planted: constant chosen by the request
    send(params[:action_name]) # planted: method chosen by the request
  end

  def go
    redirect_to params[:next] # planted: open redirect
  end

  def read
    send_file "/srv/#{params[:file]}" # planted: path from the request
    File.read(params[:file]) # planted: file chosen by the request
    open(params[:url]) # planted: Kernel#open runs commands
  end

  def page
    render inline: params[:template] # planted: template from the request
    render html: params[:body].html_safe # planted: request marked as safe
  end

  def hash(password)
    Digest::MD5.hexdigest(password) # planted: MD5 of a password
  end

  def digest(password)
    Digest::SHA1.hexdigest(password) # planted: SHA-1 of a password
  end

  def cipher
    OpenSSL::Cipher.new('DES-CBC') # planted: DES
    OpenSSL::Cipher.new('AES-128-ECB') # planted: ECB
  end

  def fetch(uri)
    http = Net::HTTP.new(uri.host, uri.port)
    http.verify_mode = OpenSSL::SSL::VERIFY_NONE # planted: certificate not checked
    http
  end

  def token
    token = rand(10**10).to_s # planted: predictable token
    token
  end

  def create
    User.create(params[:user].permit!) # planted: every attribute taken
    FileUtils.chmod(0777, '/srv/upload') # planted: writable by all
  end
end
